package io.headgate.host.service;

import io.headgate.host.loading.LoadedPlugin;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What a service's plugin code runs on, one task at a time.
 *
 * @param scheduler runs it
 * @param interrupt interrupts the task in hand, where the thread is the host's own
 * @param forExchanges makes the second thread, on which the plugin is told about its exchanges: asked once, at the first one
 */
record PluginWorker(Scheduler scheduler, Runnable interrupt, Supplier<Scheduler> forExchanges) {

    /** A thread that plugin code may block: it harms its own service only. */
    static PluginWorker ownThread(String service) {
        AtomicReference<Thread> last = new AtomicReference<>();
        Scheduler scheduler = Schedulers.newSingle(task -> {
            Thread thread = new Thread(task, "headgate-" + service);
            thread.setDaemon(true);
            last.set(thread);
            return thread;
        });
        Runnable interrupt = () -> {
            Thread running = last.get();
            if (running != null) {
                running.interrupt();
            }
        };
        return new PluginWorker(scheduler, interrupt, () -> nonBlocking(service));
    }

    /** Reactor refuses to block its threads: one that waits for an exchange there would wait for itself. */
    private static Scheduler nonBlocking(String service) {
        return Schedulers.newSingle("headgate-" + service + "-exchange", true);
    }

    /** For the code of a plugin from a jar. */
    PluginWorker running(LoadedPlugin plugin) {
        return new PluginWorker(plugin.running(scheduler), interrupt, () -> plugin.running(forExchanges.get()));
    }

    /** An embedder's: the host neither ends nor interrupts it. */
    static PluginWorker borrowed(String service, Function<String, Scheduler> lender) {
        return new PluginWorker(
                new BorrowedScheduler(lender.apply(service)),
                () -> {},
                () -> new BorrowedScheduler(lender.apply(service + "/exchange")));
    }
}
