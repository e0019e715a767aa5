package io.headgate.host.service;

import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * The scheduler that one incarnation of a plugin is lent: it may use it, not end it, and nothing it scheduled runs after the
 * incarnation. What it scheduled once stays with the lender, as an empty task, until it is due.
 */
final class IncarnationScheduler implements Scheduler {

    private final Scheduler lender;
    private final Disposable.Composite repeating = Disposables.composite();

    IncarnationScheduler(Scheduler lender) {
        this.lender = lender;
    }

    /** Ends what was scheduled. */
    void end() {
        repeating.dispose();
    }

    @Override
    public Disposable schedule(Runnable task) {
        return lender.schedule(whileItLives(task));
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return lender.schedule(whileItLives(task), delay, unit);
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return ended(lender.schedulePeriodically(whileItLives(task), initialDelay, period, unit));
    }

    private Runnable whileItLives(Runnable task) {
        return () -> {
            if (!repeating.isDisposed()) {
                task.run();
            }
        };
    }

    /** Added when already over, it is disposed at once. */
    private Disposable ended(Disposable task) {
        repeating.add(task);
        return () -> {
            repeating.remove(task);
            task.dispose();
        };
    }

    @Override
    public Worker createWorker() {
        Worker worker = lender.createWorker();
        repeating.add(worker);
        return new LentWorker(worker);
    }

    @Override
    public long now(TimeUnit unit) {
        return lender.now(unit);
    }

    @Override
    public boolean isDisposed() {
        return repeating.isDisposed() || lender.isDisposed();
    }

    @Override
    public void dispose() {
        // The lender's to end.
    }

    private final class LentWorker implements Worker {

        private final Worker worker;

        LentWorker(Worker worker) {
            this.worker = worker;
        }

        @Override
        public Disposable schedule(Runnable task) {
            return worker.schedule(whileItLives(task));
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return worker.schedule(whileItLives(task), delay, unit);
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
            return worker.schedulePeriodically(whileItLives(task), initialDelay, period, unit);
        }

        @Override
        public void dispose() {
            repeating.remove(worker);
            worker.dispose();
        }

        @Override
        public boolean isDisposed() {
            return worker.isDisposed();
        }
    }
}
