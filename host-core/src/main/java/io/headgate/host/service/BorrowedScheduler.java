package io.headgate.host.service;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** A scheduler handed to a plugin, which may use it but not end it. */
final class BorrowedScheduler implements Scheduler {

    private final Scheduler lender;

    BorrowedScheduler(Scheduler lender) {
        this.lender = Objects.requireNonNull(lender, "scheduler");
    }

    @Override
    public Disposable schedule(Runnable task) {
        return lender.schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return lender.schedule(task, delay, unit);
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return lender.schedulePeriodically(task, initialDelay, period, unit);
    }

    @Override
    public Worker createWorker() {
        return lender.createWorker();
    }

    @Override
    public long now(TimeUnit unit) {
        return lender.now(unit);
    }

    @Override
    public boolean isDisposed() {
        return lender.isDisposed();
    }

    @Override
    public void dispose() {
        // The lender's to end.
    }
}
