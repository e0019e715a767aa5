package io.headgate.host.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Invariants 2, 3 and 5 with {@code HOLD}: sessions on several threads, a plugin whose incarnations are cancelled all the time. */
@Timeout(300)
final class HoldStressTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int CONNECTIONS = 5;
    private static final int TEXTS = 20_000;
    private static final int LARGEST = 16;

    private final Map<String, Long> last = new ConcurrentHashMap<>();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong most = new AtomicLong();

    @ParameterizedTest
    @CsvSource({"5, 100, false", "5, 100, true", "8, 100, true", "20, 25, true"})
    @DisplayName("nothing is dropped, nobody is forgotten, and no more waits than may")
    void nothing_is_dropped(int places, int share, boolean cancelling) {
        Hold hold = new Hold(Duration.ofDays(1), HoldEnd.CLOSE);
        IngressLane lane = new IngressLane(
                new LaneBounds(places, (long) places * LARGEST, OverflowPolicy.HOLD, share, LARGEST, hold),
                LaneListener.NONE);
        Scheduler worker = Schedulers.newSingle("hold-worker");
        Scheduler threads = Schedulers.newParallel("hold-sessions", 3);
        Sinks.Empty<Void> all = Sinks.empty();
        try {
            Mono<Void> sessions = Flux.range(0, CONNECTIONS)
                    .flatMap(n -> session(lane, "c" + n, threads), CONNECTIONS)
                    .then();
            Flux<IngressEvent> incarnations = Flux.defer(() -> lane.turn(worker))
                    .doOnNext(event -> taken(lane, event, all))
                    .transform(events -> cancelling ? events.take(97) : events)
                    .repeat()
                    .takeUntilOther(all.asMono());
            StepVerifier.create(Mono.when(sessions, incarnations))
                    .expectComplete()
                    .verify(PATIENCE);
        } finally {
            worker.dispose();
            threads.dispose();
        }
        assertThat(delivered).hasValue((long) CONNECTIONS * TEXTS);
        assertThat(most.get()).isBetween(2L, (long) places);
        assertThat(lane.ledger().values())
                .allMatch(EventCounts::conserved)
                .allMatch(counts -> counts.dropped().equals(Tally.ZERO))
                .allMatch(counts -> counts.delivered().events() == TEXTS);
    }

    private void taken(IngressLane lane, IngressEvent event, Sinks.Empty<Void> all) {
        long before = last.getOrDefault(event.connection(), 0L);
        assertThat(event.sequence()).isEqualTo(before + 1);
        last.put(event.connection(), event.sequence());
        long queued = lane.ledger().values().stream()
                .mapToLong(counts -> counts.queued().events())
                .sum();
        most.accumulateAndGet(queued, Math::max);
        if (event instanceof IngressEvent.Text && delivered.incrementAndGet() == (long) CONNECTIONS * TEXTS) {
            all.tryEmitEmpty().orThrow();
        }
    }

    private static Mono<Void> session(IngressLane lane, String name, Scheduler threads) {
        Flux<IngressEvent> events = Flux.range(1, TEXTS)
                .<IngressEvent>map(n -> LaneEvents.text(name, n + 1, n % (LARGEST + 1)))
                .startWith(LaneEvents.opened(name, 1))
                .publishOn(threads, 1);
        return lane.connection(name).take(events, LaneEvents.NO_THREAD, Schedulers.parallel());
    }
}
