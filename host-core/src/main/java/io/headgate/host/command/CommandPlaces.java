package io.headgate.host.command;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/** One subscription of a {@link CommandWindow}. Commands come one at a time; places become free on any thread. */
final class CommandPlaces implements CoreSubscriber<IssuedCommand>, Subscription {

    private final CoreSubscriber<? super Void> actual;
    private final int undecided;
    private final Scheduler.Worker worker;
    private final Scheduler timer;
    private final ToLongFunction<IssuedCommand> carryOut;

    private final Runnable free = this::free;
    private final Runnable ask = this::ask;
    /** One for each command whose place is taken, and one for the commands that may yet come. */
    private final AtomicInteger taken = new AtomicInteger(1);
    /** Places that are free and not asked for; whoever raises it from 0 has them asked for. */
    private final AtomicInteger freed = new AtomicInteger();
    /** Completed, failed or cancelled. */
    private final AtomicBoolean over = new AtomicBoolean();

    private final Disposable.Composite kept = Disposables.composite();
    private volatile @Nullable Subscription commands;
    private volatile boolean noMore;

    CommandPlaces(
            CoreSubscriber<? super Void> actual,
            int undecided,
            Scheduler.Worker worker,
            Scheduler timer,
            ToLongFunction<IssuedCommand> carryOut) {
        this.actual = actual;
        this.undecided = undecided;
        this.worker = worker;
        this.timer = timer;
        this.carryOut = carryOut;
    }

    void begin(Flux<IssuedCommand> source) {
        actual.onSubscribe(this);
        onWorker(() -> source.subscribe(this));
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        commands = subscription;
        if (over.get()) {
            subscription.cancel();
        } else {
            subscription.request(undecided);
        }
    }

    /** Also when it is over: what was issued is to be decided. */
    @Override
    public void onNext(IssuedCommand command) {
        taken.incrementAndGet();
        try {
            long millis = carryOut.applyAsLong(command);
            if (millis > 0) {
                keep(millis);
            } else {
                command.onDecided(free);
            }
        } catch (Throwable fault) {
            Exceptions.throwIfFatal(fault);
            fail(fault);
        }
    }

    private void keep(long millis) {
        Disposable.Swap place = Disposables.swap();
        kept.add(place);
        place.replace(timer.schedule(
                () -> {
                    kept.remove(place);
                    free();
                },
                millis,
                TimeUnit.MILLISECONDS));
    }

    private void free() {
        if (taken.decrementAndGet() == 0) {
            complete();
        } else if (freed.getAndIncrement() == 0) {
            onWorker(ask);
        }
    }

    private void ask() {
        int places = freed.getAndSet(0);
        Subscription asked = commands;
        if (asked != null) {
            asked.request(places);
        }
    }

    private void onWorker(Runnable task) {
        try {
            worker.schedule(task);
        } catch (RejectedExecutionException gone) {
            // Where nothing is to be asked for any more, it is gone because of that.
            if (!noMore) {
                fail(gone);
            }
        }
    }

    @Override
    public void onError(Throwable error) {
        end();
        fail(error);
    }

    @Override
    public void onComplete() {
        end();
        if (taken.decrementAndGet() == 0) {
            complete();
        }
    }

    /** Called where the commands end, which is on the worker, if they end by what was asked for: it is not interrupted. */
    private void end() {
        noMore = true;
        worker.dispose();
    }

    private void complete() {
        if (!over.getAndSet(true)) {
            actual.onComplete();
        }
    }

    private void fail(Throwable error) {
        if (over.get()) {
            Operators.onErrorDropped(error, currentContext());
            return;
        }
        cancelCommands();
        if (!over.getAndSet(true)) {
            actual.onError(error);
        }
    }

    /** Only an end is awaited. */
    @Override
    public void request(long more) {}

    @Override
    public void cancel() {
        over.set(true);
        cancelCommands();
    }

    private void cancelCommands() {
        Subscription cancelled = commands;
        if (cancelled != null) {
            cancelled.cancel();
        }
        end();
        kept.dispose();
    }
}
