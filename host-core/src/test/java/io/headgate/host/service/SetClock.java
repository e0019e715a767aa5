package io.headgate.host.service;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** A scheduler whose wall clock is set, while its time goes on: only what is asked in milliseconds, or coarser, sees it. */
final class SetClock implements Scheduler {

    private final Scheduler time;
    private volatile Duration setBy = Duration.ZERO;

    SetClock(Scheduler time) {
        this.time = time;
    }

    /** Forward; back where it is negative. */
    void set(Duration by) {
        setBy = setBy.plus(by);
    }

    @Override
    public long now(TimeUnit unit) {
        boolean wallClock = unit.compareTo(TimeUnit.MILLISECONDS) >= 0;
        return time.now(unit) + (wallClock ? unit.convert(setBy) : 0);
    }

    @Override
    public Disposable schedule(Runnable task) {
        return time.schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return time.schedule(task, delay, unit);
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return time.schedulePeriodically(task, initialDelay, period, unit);
    }

    @Override
    public Worker createWorker() {
        return time.createWorker();
    }

    @Override
    public void dispose() {
        // The virtual time's to end.
    }
}
