package io.headgate.host.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Several producers, one worker, and incarnations that are cancelled or fail all the time: invariants 2 to 5. */
@Timeout(300)
final class IngressLaneStressTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PRODUCERS = 3;
    private static final int CONNECTIONS_EACH = 2;
    private static final int EVENTS_EACH = 80_000;
    private static final int MAX_EVENTS = 64;
    private static final int MAX_BYTES = 64 * 40;

    private final IngressLane lane =
            new IngressLane(new LaneBounds(MAX_EVENTS, MAX_BYTES, OverflowPolicy.DROP_NEWEST), LaneListener.NONE);
    private final List<IngressEvent> seen = new ArrayList<>();
    private final Sinks.Empty<Void> completed = Sinks.empty();
    private final AtomicBoolean producing = new AtomicBoolean(true);
    private long incarnations;

    /** One incarnation after another, each on the worker; {@code seen} and what is counted are owned by it. */
    private Disposable begin(Scheduler worker, Disposable.Swap current) {
        incarnations++;
        return lane.turn(worker)
                .doOnNext(seen::add)
                .doOnNext(event -> {
                    if (event instanceof IngressEvent.Text && event.sequence() % 907 == 900) {
                        throw new IllegalStateException("a plugin that fails");
                    }
                })
                .subscribe(
                        event -> {},
                        error -> worker.schedule(() -> current.update(begin(worker, current))),
                        completed::tryEmitEmpty);
    }

    private void renew(Scheduler worker, Disposable.Swap current) {
        Disposable running = current.get();
        if (running != null) {
            running.dispose();
        }
        worker.schedule(() -> current.update(begin(worker, current)));
    }

    private void produce(int producer, Scheduler worker, Disposable.Swap current) {
        SplittableRandom random = new SplittableRandom(producer);
        long[] sequences = new long[CONNECTIONS_EACH];
        for (int n = 0; n < EVENTS_EACH; n++) {
            int connection = random.nextInt(CONNECTIONS_EACH);
            String name = "c" + (producer * CONNECTIONS_EACH + connection);
            long sequence = ++sequences[connection];
            lane.connection(name)
                    .accept(
                            random.nextInt(50) == 0
                                    ? LaneEvents.closed(name, sequence)
                                    : LaneEvents.text(name, sequence, 20 + random.nextInt(60)));
            if (n % 64 == 0) {
                LockSupport.parkNanos(20_000);
            }
            if (n % 1_600 == 0) {
                // On a busy machine the thread that cancels may never have its turn.
                renew(worker, current);
            }
        }
    }

    private Mono<Void> produced(Scheduler threads, Scheduler worker, Disposable.Swap current) {
        return Flux.range(0, PRODUCERS)
                .flatMap(
                        producer -> Mono.<Void>fromRunnable(() -> produce(producer, worker, current))
                                .subscribeOn(threads),
                        PRODUCERS)
                .then()
                .doFinally(signal -> producing.set(false));
    }

    /** The most that waited, as seen from another thread while all of it runs. */
    private Mono<Tally> mostThatWaited(Scheduler threads) {
        return Mono.fromSupplier(() -> {
                    long events = 0;
                    long bytes = 0;
                    while (producing.get()) {
                        EventCounts now = counts();
                        assertThat(now.conserved()).isTrue();
                        events = Math.max(events, now.queued().events());
                        bytes = Math.max(bytes, now.queued().bytes());
                    }
                    return new Tally(events, bytes);
                })
                .subscribeOn(threads);
    }

    private Mono<Void> cancelled(Scheduler threads, Scheduler worker, Disposable.Swap current) {
        return Mono.<Void>fromRunnable(() -> {
                    SplittableRandom random = new SplittableRandom(42);
                    while (producing.get()) {
                        if (random.nextInt(5) == 0) {
                            renew(worker, current);
                        }
                        LockSupport.parkNanos(20_000);
                    }
                })
                .subscribeOn(threads);
    }

    private EventCounts counts() {
        return lane.ledger().values().stream().reduce(EventCounts.ZERO, EventCounts::plus);
    }

    @Test
    @DisplayName(
            "pitfall 18: nothing is lost, doubled or out of order, whatever ends an incarnation, and from three threads")
    void conserves_and_orders_events_over_many_incarnations() {
        Scheduler worker = Schedulers.newSingle("stress-worker");
        Scheduler threads = Schedulers.newBoundedElastic(PRODUCERS + 2, 10, "stress");
        Disposable.Swap current = Disposables.swap();
        worker.schedule(() -> current.update(begin(worker, current)));
        try {
            Tally most = Mono.zip(
                            produced(threads, worker, current).thenReturn(true),
                            cancelled(threads, worker, current).thenReturn(true),
                            mostThatWaited(threads))
                    .map(all -> all.getT3())
                    .block(PATIENCE);
            assertThat(most.events()).isBetween(1L, (long) MAX_EVENTS);
            assertThat(most.bytes()).isBetween(1L, (long) MAX_BYTES);
            Mono.fromRunnable(() -> current.update(begin(worker, current)))
                    .subscribeOn(worker)
                    .block(PATIENCE);
            lane.complete();
            completed.asMono().block(PATIENCE);
        } finally {
            threads.dispose();
            worker.dispose();
        }
        assertThat(incarnations).isGreaterThan(100);
        assertTheLedger();
        assertOrderAndGaps();
    }

    private void assertTheLedger() {
        EventCounts all = counts();
        assertThat(all.conserved()).isTrue();
        assertThat(all.queued()).isEqualTo(Tally.ZERO);
        assertThat(all.discarded()).isEqualTo(Tally.ZERO);
        assertThat(all.received().events() + all.controls().delivered()).isGreaterThan(200_000);
        assertThat(all.delivered().events()).isEqualTo(texts().count());
        assertThat(all.delivered().bytes())
                .isEqualTo(texts().mapToLong(IngressEvent.Text::bytes).sum());
        assertThat(all.dropped().events())
                .isPositive()
                .isEqualTo(seen.stream()
                        .filter(IngressEvent.Gap.class::isInstance)
                        .mapToLong(event -> ((IngressEvent.Gap) event).count())
                        .sum());
    }

    private Stream<IngressEvent.Text> texts() {
        return seen.stream().filter(IngressEvent.Text.class::isInstance).map(IngressEvent.Text.class::cast);
    }

    private void assertOrderAndGaps() {
        Map<String, Long> last = new HashMap<>();
        IntStream.range(0, seen.size()).forEach(at -> {
            IngressEvent event = seen.get(at);
            Long before = last.put(event.connection(), event.sequence());
            assertThat(event.sequence()).as("%s, number %s", event, at).isGreaterThan(before == null ? 0 : before);
        });
    }
}
