package io.headgate.host.pipeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Virtual time whose clock can jump while its timers go on: what a process sees that stood still. */
final class JumpingClock implements Scheduler {

    private final VirtualTimeScheduler time;
    private Duration jumped = Duration.ZERO;
    private int pending;

    JumpingClock(VirtualTimeScheduler time) {
        this.time = time;
    }

    void jump(Duration by) {
        jumped = jumped.plus(by);
    }

    @Override
    public long now(TimeUnit unit) {
        return time.now(unit) + unit.convert(jumped);
    }

    @Override
    public Disposable schedule(Runnable task) {
        return time.schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        AtomicBoolean isPending = new AtomicBoolean(true);
        pending++;
        Disposable scheduled = time.schedule(
                () -> {
                    done(isPending);
                    task.run();
                },
                delay,
                unit);
        return () -> {
            done(isPending);
            scheduled.dispose();
        };
    }

    private void done(AtomicBoolean isPending) {
        if (isPending.getAndSet(false)) {
            pending--;
        }
    }

    /** How many tasks with a delay wait for their time. */
    int pending() {
        return pending;
    }

    @Override
    public Worker createWorker() {
        return time.createWorker();
    }
}
