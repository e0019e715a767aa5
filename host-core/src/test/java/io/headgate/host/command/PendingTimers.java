package io.headgate.host.command;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** A scheduler with a clock of its own that counts the delayed tasks which have neither run nor been cancelled. */
public final class PendingTimers implements Scheduler {

    private final Scheduler time;
    private final LongSupplier nanos;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    public PendingTimers(Scheduler time, LongSupplier nanos) {
        this.time = time;
        this.nanos = nanos;
    }

    public int pending() {
        return pending.get();
    }

    int most() {
        return most.get();
    }

    @Override
    public Disposable schedule(Runnable task) {
        return time.schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        AtomicReference<Runnable> once = new AtomicReference<>(task);
        most.accumulateAndGet(pending.incrementAndGet(), Math::max);
        Disposable scheduled = time.schedule(() -> over(once).run(), delay, unit);
        return () -> {
            over(once);
            scheduled.dispose();
        };
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return time.schedulePeriodically(task, initialDelay, period, unit);
    }

    private Runnable over(AtomicReference<Runnable> once) {
        Runnable left = once.getAndSet(null);
        if (left == null) {
            return () -> {};
        }
        pending.decrementAndGet();
        return left;
    }

    @Override
    public long now(TimeUnit unit) {
        return unit.convert(nanos.getAsLong(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Worker createWorker() {
        return time.createWorker();
    }

    @Override
    public void dispose() {
        time.dispose();
    }
}
