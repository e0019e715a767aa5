package io.headgate.host.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.IngressEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** When the worker is woken for what a session's thread puts in. */
final class BellTest {

    private static final LaneBounds BOUNDS = new LaneBounds(80, 80_000, OverflowPolicy.DROP_NEWEST);

    private static final int ROUNDS = 3_000;
    private static final int PUTS = 50;

    private final List<Waiting> rung = new ArrayList<>();
    private final Queue<Runnable> sessionsThread = new ArrayDeque<>();
    private final IngressLane lane = new IngressLane(BOUNDS, LaneListener.NONE);
    private final Bell bell = new Bell(BOUNDS, rung::add);

    private void put(int times, int bytes, Predicate<Runnable> thread) {
        for (int n = 0; n < times; n++) {
            bell.ringSoon(Waiting.event(lane.connection("a"), LaneEvents.text("a", n + 1, bytes)), bytes, thread);
        }
    }

    @Test
    @DisplayName("what is put in one task is rung for once, when the session's thread turns to its next task")
    void once() {
        put(9, 100, sessionsThread::add);
        assertThat(rung).isEmpty();
        assertThat(sessionsThread).hasSize(1);

        sessionsThread.remove().run();
        assertThat(rung).hasSize(1);

        put(1, 100, sessionsThread::add);
        assertThat(sessionsThread).hasSize(1);
    }

    @Test
    @DisplayName("an eighth of what may wait is rung for at once")
    void anEighth() {
        put(10, 100, sessionsThread::add);
        assertThat(rung).hasSize(1);

        put(2, 1_001, sessionsThread::add);
        assertThat(rung).hasSize(3);

        sessionsThread.forEach(Runnable::run);
        assertThat(rung).as("a ring that is not due any more").hasSize(3);
    }

    @Test
    @DisplayName("where the session's thread has ended, at once")
    void noThread() {
        put(3, 100, LaneEvents.NO_THREAD);

        assertThat(rung).hasSize(3);
    }

    @Test
    @DisplayName("where few may wait, each is rung for at once")
    void aSmallLane() {
        Bell small = new Bell(new LaneBounds(4, 80_000, OverflowPolicy.DROP_NEWEST), rung::add);

        small.ringSoon(Waiting.event(lane.connection("a"), LaneEvents.text("a", 1)), 10, sessionsThread::add);

        assertThat(rung).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_NEWEST", "HOLD"})
    @DisplayName("a session's texts reach the plugin when its thread turns to its next task")
    void ofASession(OverflowPolicy policy) {
        IngressLane service =
                new IngressLane(new LaneBounds(80, 80_000, policy, 100, 1_000, Hold.defaults()), LaneListener.NONE);
        List<IngressEvent> seen = new ArrayList<>();
        service.turn(Schedulers.immediate()).subscribe(seen::add);
        Flux<IngressEvent> texts = Flux.range(1, 3).map(n -> LaneEvents.text("a", n));

        service.connection("a")
                .take(texts, sessionsThread::add, VirtualTimeScheduler.create())
                .subscribe();
        assertThat(seen).isEmpty();
        assertThat(sessionsThread).hasSize(1);

        sessionsThread.remove().run();
        assertThat(seen).hasSize(3);
    }

    @Test
    @DisplayName("no ring is lost: whatever is put in is rung for by somebody, whoever puts in beside it")
    void noneIsLost() throws Exception {
        ExecutorService loop = Executors.newSingleThreadExecutor();
        ExecutorService producers = Executors.newFixedThreadPool(2);
        Predicate<Runnable> thread = task -> {
            loop.execute(task);
            return true;
        };
        try {
            for (int round = 0; round < ROUNDS; round++) {
                AtomicInteger done = new AtomicInteger();
                AtomicInteger found = new AtomicInteger();
                Bell shared = new Bell(BOUNDS, put -> {
                    found.accumulateAndGet(done.get(), Math::max);
                    // What is put in from here on has to ring again.
                    for (int spin = 0; spin < 100; spin++) {
                        Thread.onSpinWait();
                    }
                });
                Waiting any = Waiting.event(lane.connection("a"), LaneEvents.text("a", 1));
                Callable<Void> producer = () -> {
                    for (int n = 0; n < PUTS; n++) {
                        done.incrementAndGet();
                        shared.ringSoon(any, 10, thread);
                    }
                    return null;
                };
                for (Future<Void> one : producers.invokeAll(List.of(producer, producer))) {
                    one.get();
                }
                loop.submit(() -> {}).get();
                assertThat(found).hasValue(2 * PUTS);
            }
        } finally {
            loop.shutdown();
            producers.shutdown();
        }
    }
}
