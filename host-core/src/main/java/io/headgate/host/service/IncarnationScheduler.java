package io.headgate.host.service;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * The scheduler that one incarnation of a plugin is lent: it may use it, not end it, and nothing it scheduled runs, or is
 * held on to, after the incarnation. What a task throws fails the incarnation.
 */
final class IncarnationScheduler implements Scheduler {

    private final Scheduler lender;
    private final Consumer<Throwable> thrown;
    private final Disposable.Composite scheduled = Disposables.composite();

    IncarnationScheduler(Scheduler lender, Consumer<Throwable> thrown) {
        this.lender = lender;
        this.thrown = thrown;
    }

    /** Ends what was scheduled. */
    void end() {
        scheduled.dispose();
    }

    @Override
    public Disposable schedule(Runnable task) {
        return new Task(task, true).scheduledAs(lender::schedule);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return new Task(task, true).scheduledAs(guarded -> lender.schedule(guarded, delay, unit));
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return new Task(task, false)
                .scheduledAs(guarded -> lender.schedulePeriodically(guarded, initialDelay, period, unit));
    }

    @Override
    public Worker createWorker() {
        LentWorker worker = new LentWorker(lender.createWorker());
        scheduled.add(worker);
        return worker;
    }

    @Override
    public long now(TimeUnit unit) {
        return lender.now(unit);
    }

    @Override
    public boolean isDisposed() {
        return scheduled.isDisposed() || lender.isDisposed();
    }

    @Override
    public void dispose() {
        // The lender's to end.
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            thrown.accept(failure);
        }
    }

    /** How the lender is given a task. */
    private interface Scheduling {
        Disposable schedule(Runnable guarded);
    }

    /** One task, let go of when it has run for the last time or is disposed, whatever the lender keeps. */
    private final class Task implements Runnable, Disposable {

        private final AtomicReference<@Nullable Runnable> task;
        private final boolean once;
        private final Disposable.Swap lent = Disposables.swap();

        Task(Runnable task, boolean once) {
            this.task = new AtomicReference<>(task);
            this.once = once;
        }

        /** Where the incarnation is over, it is disposed at once. */
        Disposable scheduledAs(Scheduling scheduling) {
            scheduled.add(this);
            lent.update(scheduling.schedule(this));
            return this;
        }

        @Override
        public void run() {
            Runnable due = once ? task.getAndSet(null) : task.get();
            if (due != null) {
                IncarnationScheduler.this.run(due);
            }
            if (once) {
                scheduled.remove(this);
            }
        }

        @Override
        public void dispose() {
            task.set(null);
            lent.dispose();
            scheduled.remove(this);
        }

        @Override
        public boolean isDisposed() {
            return lent.isDisposed();
        }
    }

    /** Its tasks end with it, and it with the incarnation. */
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

        private Runnable whileItLives(Runnable task) {
            return () -> {
                if (!worker.isDisposed()) {
                    IncarnationScheduler.this.run(task);
                }
            };
        }

        @Override
        public void dispose() {
            worker.dispose();
            scheduled.remove(this);
        }

        @Override
        public boolean isDisposed() {
            return worker.isDisposed();
        }
    }
}
