package io.headgate.host.ws.stops;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Reactor's shared timers, which count what they were given and has neither run nor been put off. */
final class CountedTimers implements Scheduler {

    private final Scheduler shared = Schedulers.parallel();
    private final AtomicInteger pending = new AtomicInteger();

    int pending() {
        return pending.get();
    }

    @Override
    public Disposable schedule(Runnable task) {
        return counted(task, true, shared::schedule);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return counted(task, true, counting -> shared.schedule(counting, delay, unit));
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long first, long period, TimeUnit unit) {
        return counted(task, false, counting -> shared.schedulePeriodically(counting, first, period, unit));
    }

    private Disposable counted(Runnable task, boolean once, Function<Runnable, Disposable> scheduling) {
        Task counting = new Task(task, once);
        counting.scheduled.update(scheduling.apply(counting));
        return counting;
    }

    @Override
    public long now(TimeUnit unit) {
        return shared.now(unit);
    }

    @Override
    public Worker createWorker() {
        return new CountedWorker(shared.createWorker());
    }

    private final class Task implements Runnable, Disposable {

        private final Runnable task;
        private final boolean once;
        private final AtomicBoolean over = new AtomicBoolean();
        private final Disposable.Swap scheduled = Disposables.swap();

        Task(Runnable task, boolean once) {
            this.task = task;
            this.once = once;
            pending.incrementAndGet();
        }

        @Override
        public void run() {
            try {
                task.run();
            } finally {
                if (once) {
                    end();
                }
            }
        }

        private void end() {
            if (!over.getAndSet(true)) {
                pending.decrementAndGet();
            }
        }

        @Override
        public void dispose() {
            scheduled.dispose();
            end();
        }

        @Override
        public boolean isDisposed() {
            return over.get();
        }
    }

    private final class CountedWorker implements Worker {

        private final Worker worker;
        private final Disposable.Composite tasks = Disposables.composite();

        CountedWorker(Worker worker) {
            this.worker = worker;
        }

        private Disposable kept(Disposable task) {
            tasks.add(task);
            return task;
        }

        @Override
        public Disposable schedule(Runnable task) {
            return kept(counted(task, true, worker::schedule));
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return kept(counted(task, true, counting -> worker.schedule(counting, delay, unit)));
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long first, long period, TimeUnit unit) {
            return kept(counted(task, false, counting -> worker.schedulePeriodically(counting, first, period, unit)));
        }

        @Override
        public void dispose() {
            tasks.dispose();
            worker.dispose();
        }

        @Override
        public boolean isDisposed() {
            return worker.isDisposed();
        }
    }
}
