package io.headgate.host.ws.test;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** The timers of one tunnel: on anybody's clock, and run by the tunnel's loop, to which every method belongs. */
final class Timers {

    private final Scheduler clock;
    private final EventLoop loop;
    private final Disposable.Composite running = Disposables.composite();

    Timers(Scheduler clock, EventLoop loop) {
        this.clock = clock;
        this.loop = loop;
    }

    /** What is disposed does not run, also when its time had come before. */
    Disposable later(Duration wait, Runnable task) {
        Disposable.Swap timer = Disposables.swap();
        running.add(timer);
        timer.update(clock.schedule(
                () -> hop(() -> {
                    if (!timer.isDisposed()) {
                        running.remove(timer);
                        task.run();
                    }
                }),
                wait.toNanos(),
                TimeUnit.NANOSECONDS));
        return timer;
    }

    void off(Disposable timer) {
        running.remove(timer);
        timer.dispose();
    }

    void end() {
        running.dispose();
    }

    private void hop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException ended) {
            // A foreign clock struck while the proxy was being closed: there is nobody left to be late for.
        }
    }
}
