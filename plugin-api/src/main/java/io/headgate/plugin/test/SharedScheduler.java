package io.headgate.plugin.test;

import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** A view of the harness's clock that a plugin cannot dispose of, as the host hands it out. */
final class SharedScheduler implements Scheduler {

    private final Scheduler clock;

    SharedScheduler(Scheduler clock) {
        this.clock = clock;
    }

    @Override
    public Disposable schedule(Runnable task) {
        return clock.schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return clock.schedule(task, delay, unit);
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return clock.schedulePeriodically(task, initialDelay, period, unit);
    }

    @Override
    public Worker createWorker() {
        return clock.createWorker();
    }

    @Override
    public long now(TimeUnit unit) {
        return clock.now(unit);
    }

    @Override
    public void dispose() {
        // The clock is the harness's.
    }
}
