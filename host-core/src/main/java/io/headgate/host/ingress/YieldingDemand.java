package io.headgate.host.ingress;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Gives a worker back in a flood, about once a millisecond. {@code publishOn} keeps its worker for as long as there is an element that was
 * asked for: whatever else is due there would wait for the end of the flood. So no more than a portion of {@value #MOST} is asked for at
 * once. Behind it the next one is asked for, at once where the worker's clock shows the same millisecond as when the worker was last
 * had anew, and else by a task of its own, which stands behind all that is due by then.
 *
 * <pre>
 *   publishOn(worker) ◄─ request(≤ {@value #MOST}) ─ YieldingDemand ◄─ request(n) ─ subscriber
 *                     ─ onNext ────────►             ─ onNext ───►
 *                                  └ the portion is taken, and the millisecond is over: a task on the worker begins the next one
 * </pre>
 *
 * <p>It holds no element. A subscriber that asks for little at a time is passed on as it asks, until a portion is full.
 *
 * <p>Threads: elements come one at a time; demand may come from any thread.
 *
 * @param <T> the elements
 */
final class YieldingDemand<T> implements CoreSubscriber<T>, Subscription {

    private static final int MOST = 32;

    private final CoreSubscriber<? super T> subscriber;
    private final Scheduler worker;
    /** Asked for by the subscriber, and not passed on yet. */
    private final AtomicLong wanted = new AtomicLong();
    /** Written by who delivers. */
    private final AtomicLong taken = new AtomicLong();

    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean begun;
    /** When the worker was last had anew. Written by the task that has it. */
    private volatile long begunAtMillis;

    /** Passed on since ever. This and all that follows is written within {@link #look} only. */
    private final AtomicLong asked = new AtomicLong();

    private int leftOfPortion = MOST;
    private boolean beginning;
    private Subscription source = Operators.emptySubscription();

    private YieldingDemand(CoreSubscriber<? super T> subscriber, Scheduler worker) {
        this.subscriber = subscriber;
        this.worker = worker;
    }

    /**
     * Stands behind a hop to a worker, which must not be fused with it.
     *
     * @param worker what the hop goes to
     * @param <T> the elements
     * @return for {@code transform}
     */
    static <T> UnaryOperator<Flux<T>> on(Scheduler worker) {
        return hop ->
                hop.transform(Operators.<T, T>lift((source, subscriber) -> new YieldingDemand<>(subscriber, worker)));
    }

    @Override
    public Context currentContext() {
        return subscriber.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        subscriber.onSubscribe(this);
    }

    @Override
    public void onNext(T element) {
        subscriber.onNext(element);
        long now = taken.getPlain() + 1;
        taken.setRelease(now);
        if (now == asked.get()) {
            look();
        }
    }

    @Override
    public void request(long more) {
        if (Operators.validate(more)) {
            wanted.accumulateAndGet(more, Operators::addCap);
            look();
        }
    }

    /** Whoever finds nobody looking looks, and once more for each who came meanwhile. */
    private void look() {
        if (looks.getAndIncrement() == 0) {
            int seen = 1;
            do {
                askOrYield();
                seen = looks.addAndGet(-seen);
            } while (seen > 0);
        }
    }

    private void askOrYield() {
        if (begun) {
            begun = false;
            beginning = false;
            leftOfPortion = MOST;
        }
        if (wanted.get() == 0) {
            return;
        }
        if (leftOfPortion > 0) {
            ask();
        } else if (!beginning && taken.getAcquire() == asked.get()) {
            goOnOrYield();
        }
    }

    private void goOnOrYield() {
        if (worker.now(TimeUnit.MILLISECONDS) == begunAtMillis) {
            leftOfPortion = MOST;
            ask();
        } else {
            beginning = true;
            yieldToWhatIsDue();
        }
    }

    private void ask() {
        int passed = (int) Math.min(wanted.get(), leftOfPortion);
        wanted.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - passed);
        leftOfPortion -= passed;
        asked.addAndGet(passed);
        source.request(passed);
    }

    private void yieldToWhatIsDue() {
        try {
            worker.schedule(this::begin);
        } catch (RejectedExecutionException workerEnded) {
            // The hop finds the same, and says what that means.
            begin();
        }
    }

    private void begin() {
        begunAtMillis = worker.now(TimeUnit.MILLISECONDS);
        begun = true;
        look();
    }

    @Override
    public void cancel() {
        source.cancel();
    }

    @Override
    public void onError(Throwable error) {
        subscriber.onError(error);
    }

    @Override
    public void onComplete() {
        subscriber.onComplete();
    }
}
