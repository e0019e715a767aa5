package io.headgate.host.loading;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * A scheduler whose tasks run with a plugin's loader as the context class loader, and whose threads do not inherit it: whoever
 * schedules the first task makes the thread, and that may be plugin code.
 */
final class ContextScheduler implements Scheduler {

    private final Scheduler lender;
    private final Supplier<@Nullable ClassLoader> running;

    /**
     * Wraps a scheduler.
     *
     * @param running what tasks run with; null for what the thread has
     */
    ContextScheduler(Scheduler lender, Supplier<@Nullable ClassLoader> running) {
        this.lender = lender;
        this.running = running;
    }

    private Disposable calling(Supplier<Disposable> call) {
        return ContextLoader.with(HostLoader.get(), call);
    }

    private Runnable within(Runnable task) {
        return () -> {
            ClassLoader loader = running.get();
            if (loader == null) {
                task.run();
            } else {
                ContextLoader.with(loader, task);
            }
        };
    }

    @Override
    public Disposable schedule(Runnable task) {
        return calling(() -> lender.schedule(within(task)));
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return calling(() -> lender.schedule(within(task), delay, unit));
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return calling(() -> lender.schedulePeriodically(within(task), initialDelay, period, unit));
    }

    @Override
    public Worker createWorker() {
        return new ContextWorker(ContextLoader.with(HostLoader.get(), lender::createWorker));
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
        lender.dispose();
    }

    private final class ContextWorker implements Worker {

        private final Worker worker;

        ContextWorker(Worker worker) {
            this.worker = worker;
        }

        @Override
        public Disposable schedule(Runnable task) {
            return calling(() -> worker.schedule(within(task)));
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return calling(() -> worker.schedule(within(task), delay, unit));
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
            return calling(() -> worker.schedulePeriodically(within(task), initialDelay, period, unit));
        }

        @Override
        public boolean isDisposed() {
            return worker.isDisposed();
        }

        @Override
        public void dispose() {
            worker.dispose();
        }
    }
}
