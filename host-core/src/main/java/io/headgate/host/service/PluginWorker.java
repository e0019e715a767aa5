package io.headgate.host.service;

import java.util.concurrent.atomic.AtomicReference;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What a service's plugin code runs on, one task at a time.
 *
 * @param scheduler runs it
 * @param interrupt interrupts the task in hand, where the thread is the host's own
 */
record PluginWorker(Scheduler scheduler, Runnable interrupt) {

    /** A thread that plugin code may block: it harms its own service only. */
    static PluginWorker ownThread(String service) {
        AtomicReference<Thread> last = new AtomicReference<>();
        Scheduler scheduler = Schedulers.newSingle(task -> {
            Thread thread = new Thread(task, "headgate-" + service);
            thread.setDaemon(true);
            last.set(thread);
            return thread;
        });
        return new PluginWorker(scheduler, () -> {
            Thread running = last.get();
            if (running != null) {
                running.interrupt();
            }
        });
    }

    /** An embedder's: the host neither ends nor interrupts it. */
    static PluginWorker borrowed(Scheduler scheduler) {
        return new PluginWorker(new BorrowedScheduler(scheduler), () -> {});
    }
}
