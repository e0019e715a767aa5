package io.headgate.host.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.publisher.TestPublisher;

/** Invariant 6: a flood of events leaves what else is due on a plugin's worker its turn. */
@Timeout(60)
final class YieldingDemandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST = 32;
    private static final LaneBounds BOUNDS = new LaneBounds(1_000, 100_000, OverflowPolicy.DROP_NEWEST);

    private final AtomicLong millis = new AtomicLong();
    private final AtomicLong tick = new AtomicLong(1);
    private final Scheduler worker = clocked(Schedulers.newSingle("plugin", true));

    /** Its clock goes on by a tick, of a millisecond or none, with each look at it. */
    private Scheduler clocked(Scheduler scheduler) {
        return new Scheduler() {
            @Override
            public long now(TimeUnit unit) {
                return unit.convert(millis.addAndGet(tick.get()), TimeUnit.MILLISECONDS);
            }

            @Override
            public Disposable schedule(Runnable task) {
                return scheduler.schedule(task);
            }

            @Override
            public Worker createWorker() {
                return scheduler.createWorker();
            }

            @Override
            public void dispose() {
                scheduler.dispose();
            }
        };
    }

    @AfterEach
    void end() {
        worker.dispose();
    }

    @Test
    @DisplayName("what is due on the worker runs after no more than a portion, in a lane that is never empty")
    void lane() throws InterruptedException {
        IngressLane lane = new IngressLane(BOUNDS, LaneListener.NONE);
        LaneConnection connection = lane.connection("a");
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger takenWhenDue = new AtomicInteger();
        CountDownLatch due = new CountDownLatch(3);
        CountDownLatch scheduled = new CountDownLatch(1);
        connection.accept(LaneEvents.text("a", 1));
        Disposable flood = lane.turn(worker).subscribe(event -> {
            await(scheduled);
            // It feeds itself.
            connection.accept(LaneEvents.text("a", 1 + taken.incrementAndGet()));
        });
        for (int task = 0; task < 3; task++) {
            worker.schedule(() -> {
                takenWhenDue.compareAndSet(0, taken.get());
                due.countDown();
            });
        }
        scheduled.countDown();
        assertThat(due.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        flood.dispose();
        assertThat(takenWhenDue.get()).isLessThanOrEqualTo(MOST);
    }

    @Test
    @DisplayName("a worker that others wait for delivers no more than a portion in a row, and all of it in order")
    void noMoreInARow() {
        AtomicInteger inARow = new AtomicInteger();
        AtomicInteger longest = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        worker.schedule(new Runnable() {
            @Override
            public void run() {
                inARow.set(0);
                if (!over.get()) {
                    worker.schedule(this);
                }
            }
        });
        List<Integer> taken = numbers(10_000)
                .doOnNext(number -> longest.accumulateAndGet(inARow.incrementAndGet(), Math::max))
                .collectList()
                .block(PATIENCE);
        over.set(true);
        assertThat(taken).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
        assertThat(longest.get()).isLessThanOrEqualTo(MOST);
    }

    private Flux<Integer> numbers(int count) {
        return Flux.range(0, count).publishOn(worker, false, 1).hide().transform(YieldingDemand.on(worker));
    }

    @RepeatedTest(20)
    @DisplayName("whatever is asked for, by whichever threads: all of it comes, in order, and nothing else")
    void demand(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int count = 5_000;
        AtomicLong open = new AtomicLong();
        List<Integer> taken = new ArrayList<>();
        List<String> violations = new ArrayList<>();
        CountDownLatch completed = new CountDownLatch(1);
        BaseSubscriber<Integer> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {}

            @Override
            protected void hookOnNext(Integer number) {
                if (open.decrementAndGet() < 0) {
                    violations.add("not asked for: " + number);
                }
                taken.add(number);
            }

            @Override
            protected void hookOnComplete() {
                completed.countDown();
            }
        };
        numbers(count).subscribe(subscriber);
        List<Long> asked = shares(random, count);
        Flux.fromIterable(asked)
                .parallel(2)
                .runOn(Schedulers.parallel())
                .doOnNext(more -> {
                    open.addAndGet(more);
                    subscriber.request(more);
                })
                .sequential()
                .blockLast(PATIENCE);
        await(completed);
        assertThat(taken).isEqualTo(IntStream.range(0, count).boxed().toList());
        assertThat(violations).isEmpty();
    }

    /** Many of one, some of many. */
    private static List<Long> shares(Random random, int count) {
        List<Long> shares = new ArrayList<>();
        for (long left = count; left > 0; ) {
            long share = Math.min(left, random.nextBoolean() ? 1 : 1 + random.nextInt(200));
            shares.add(share);
            left -= share;
        }
        return shares;
    }

    @Test
    @DisplayName("one that asks for one at a time, from within, gets all of them")
    void oneAtATime() {
        assertThat(numbers(1_000).concatMap(Flux::just, 0).count().block(PATIENCE))
                .isEqualTo(1_000);
        assertThat(numbers(1_000).limitRate(1).count().block(PATIENCE)).isEqualTo(1_000);
    }

    @Test
    @DisplayName("a portion that is not full is asked for at once, and a worker that has ended is the hop's to tell")
    void aWorkerThatHasEnded() {
        TestPublisher<Integer> source = TestPublisher.create();
        worker.dispose();
        BaseSubscriber<Integer> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(MOST + 1L);
            }
        };
        source.flux().transform(YieldingDemand.on(worker)).subscribe(subscriber);
        source.assertMinRequested(MOST);
        IntStream.range(0, MOST).forEach(source::next);
        source.assertMinRequested(1);
        subscriber.cancel();
        source.assertCancelled();
    }

    @Test
    @DisplayName("no more than a portion is open, and one task is due for the next, however often more is asked for")
    void oneTask() {
        Deque<Runnable> due = new ArrayDeque<>();
        TestPublisher<Integer> source = TestPublisher.create();
        AtomicLong passedOn = new AtomicLong();
        BaseSubscriber<Integer> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(2L * MOST);
            }
        };
        source.flux()
                .doOnRequest(passedOn::addAndGet)
                .hide()
                .transform(YieldingDemand.on(clocked(Schedulers.fromExecutor(due::add))))
                .subscribe(subscriber);
        subscriber.request(1);
        assertThat(passedOn).hasValue(MOST);
        assertThat(due).isEmpty();
        IntStream.range(0, MOST).forEach(source::next);
        subscriber.request(1);
        subscriber.request(Long.MAX_VALUE);
        assertThat(passedOn).hasValue(MOST);
        assertThat(due).hasSize(1);
        due.remove().run();
        assertThat(passedOn).hasValue(2 * MOST);
        assertThat(due).isEmpty();

        // Within one millisecond nobody has waited for long: no task for each portion.
        tick.set(0);
        IntStream.range(0, 10 * MOST).forEach(source::next);
        assertThat(due).isEmpty();
        tick.set(1);
        IntStream.range(0, MOST).forEach(source::next);
        assertThat(due).hasSize(1);
    }

    @Test
    @DisplayName("nobody is asked on behalf of a turn that has ended while its portion was due")
    void cancelled() {
        IngressLane lane = new IngressLane(BOUNDS, LaneListener.NONE);
        LaneConnection connection = lane.connection("a");
        IntStream.rangeClosed(1, 100).forEach(number -> connection.accept(LaneEvents.text("a", number)));
        List<IngressEvent> taken = Objects.requireNonNull(
                lane.turn(worker).take(MOST).collectList().block(PATIENCE));
        assertThat(taken).hasSize(MOST);
        List<IngressEvent> rest = Objects.requireNonNull(
                lane.turn(worker).take(100 - MOST).collectList().block(PATIENCE));
        assertThat(rest.get(0)).isEqualTo(LaneEvents.text("a", MOST + 1));
        assertThat(rest).hasSize(100 - MOST);
        assertThat(lane.ledger().values()).allMatch(EventCounts::conserved);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
