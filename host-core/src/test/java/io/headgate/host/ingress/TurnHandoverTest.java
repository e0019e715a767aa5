package io.headgate.host.ingress;

import static io.headgate.host.ingress.LaneEvents.closed;
import static io.headgate.host.ingress.LaneEvents.text;
import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** The moment between two turns: nothing that comes in it may be left lying. */
@Timeout(60)
final class TurnHandoverTest {

    private static final int HANDOVERS = 1_000;
    private static final int SPINS = 100;

    private static IngressLane lane() {
        return new IngressLane(new LaneBounds(4, 1_000, OverflowPolicy.DROP_NEWEST), LaneListener.NONE);
    }

    @Test
    @DisplayName("a turn that begins while an event comes in is told of it, without a further event to wake it")
    void an_event_that_comes_while_a_turn_is_handed_over_is_not_left_lying() {
        IngressLane lane = lane();
        LaneConnection connection = lane.connection("a");
        IntStream.range(0, 200).forEach(n -> lane.connection("other" + n));
        AtomicBoolean handing = new AtomicBoolean(true);
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger wanted = new AtomicInteger();
        Scheduler threads = Schedulers.newBoundedElastic(2, 2, "handover");
        // Holds the lock much of the time, so that an event may wait for it while the turns change.
        Disposable reader = threads.schedule(() -> whileTrue(handing::get, lane::ledger));
        Disposable producer = threads.schedule(() -> whileTrue(handing::get, () -> {
            int number = accepted.get();
            if (wanted.get() > number) {
                connection.accept(text("a", number + 1));
                accepted.incrementAndGet();
            }
        }));
        Disposable turn = Disposables.disposed();
        try {
            for (int n = 1; n <= HANDOVERS; n++) {
                wanted.set(n);
                turn.dispose();
                turn = lane.turn(Schedulers.immediate()).subscribe();
                int number = n;
                whileTrue(() -> accepted.get() < number, () -> {});
                assertThat(lane.ledger().get("a").queued())
                        .as("after event %s", n)
                        .isEqualTo(Tally.ZERO);
            }
        } finally {
            handing.set(false);
            turn.dispose();
            reader.dispose();
            producer.dispose();
            threads.dispose();
        }
    }

    /** Pauses now and then: on a busy machine the others may need this one's core. */
    private static void whileTrue(BooleanSupplier condition, Runnable task) {
        for (int spins = 1; condition.getAsBoolean(); spins++) {
            task.run();
            if (spins % SPINS == 0) {
                LockSupport.parkNanos(1);
            }
        }
    }

    @Test
    @DisplayName("the bell is rung after the event is in the line: a turn that begins at the bell finds it")
    void a_turn_that_begins_while_the_bell_is_rung_finds_the_event() {
        IngressLane lane = lane();
        List<IngressEvent> found = new ArrayList<>();
        AtomicReference<@Nullable Runnable> atTheBell = new AtomicReference<>();
        // What the bell wakes is a worker: so this runs while accept is under way.
        Scheduler rung = Schedulers.fromExecutor(
                task -> requireNonNullElse(atTheBell.getAndSet(null), task).run());
        Disposable first = lane.turn(rung).subscribe();
        atTheBell.set(() -> {
            first.dispose();
            lane.turn(Schedulers.immediate()).subscribe(found::add);
        });
        lane.connection("a").accept(text("a", 1));

        assertThat(found).containsExactly(text("a", 1));
    }

    @Test
    void a_turn_that_begins_after_complete_delivers_what_waits_and_completes() {
        IngressLane lane = lane();
        lane.connection("a").accept(closed("a", 1));
        lane.complete();

        StepVerifier.create(lane.turn(Schedulers.immediate()))
                .expectNext(closed("a", 1))
                .expectComplete()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void close_completes_the_turn_that_runs() {
        IngressLane lane = lane();
        StepVerifier.create(lane.turn(Schedulers.immediate()))
                .then(lane::close)
                .expectComplete()
                .verify(Duration.ofSeconds(5));
        StepVerifier.create(lane.turn(Schedulers.immediate())).expectComplete().verify(Duration.ofSeconds(5));
    }
}
