package io.headgate.host.ws.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** A clock that a test moves on, and many threads may set timers on: a virtual one is no match for two threads. */
final class HandClock implements Scheduler {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Timer> timers = new ArrayList<>();
    private long now;

    private record Timer(long due, Runnable task, Disposable off) {}

    @Override
    public synchronized Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        Timer timer = new Timer(now + unit.toNanos(delay), task, Disposables.single());
        timers.add(timer);
        notifyAll();
        return timer.off();
    }

    @Override
    public Disposable schedule(Runnable task) {
        return schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public Worker createWorker() {
        throw new UnsupportedOperationException("nobody should want one");
    }

    synchronized int running() {
        timers.removeIf(timer -> timer.off().isDisposed());
        return timers.size();
    }

    synchronized void awaitSet(int count) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (running() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("timers: " + running() + " instead of " + count);
            }
            wait(left);
        }
    }

    void advance(Duration by) {
        List<Timer> due;
        synchronized (this) {
            now += by.toNanos();
            due = timers.stream()
                    .filter(timer -> timer.due() <= now)
                    .sorted(Comparator.comparingLong(Timer::due))
                    .toList();
            timers.removeAll(due);
        }
        due.stream()
                .filter(timer -> !timer.off().isDisposed())
                .forEach(timer -> timer.task().run());
    }
}
