package io.headgate.host.ingress;

import static io.headgate.host.ingress.LaneEvents.closed;
import static io.headgate.host.ingress.LaneEvents.failed;
import static io.headgate.host.ingress.LaneEvents.gap;
import static io.headgate.host.ingress.LaneEvents.opened;
import static io.headgate.host.ingress.LaneEvents.refused;
import static io.headgate.host.ingress.LaneEvents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** R3, R4, R10; invariants 2 to 5. What a broken lane does not deliver is waited for: not for long. */
@Timeout(20)
final class IngressLaneTest {

    private final List<String> overflows = new ArrayList<>();
    private final IngressLane lane = lane(4, 1_000);

    private IngressLane lane(int events, long bytes) {
        return new IngressLane(
                new LaneBounds(events, bytes, OverflowPolicy.DROP_NEWEST),
                overflow -> overflows.add(overflow.connection() + "@" + overflow.atMillis()));
    }

    private static void accept(IngressLane lane, IngressEvent... events) {
        for (IngressEvent event : events) {
            lane.connection(event.connection()).accept(event);
        }
    }

    private static Flux<IngressEvent> turn(IngressLane lane) {
        return lane.turn(Schedulers.immediate());
    }

    private static EventCounts counts(IngressLane lane) {
        return lane.ledger().values().stream().reduce(EventCounts.ZERO, EventCounts::plus);
    }

    @Test
    void delivers_in_order_what_waited_before_the_turn_and_what_comes_during_it() {
        accept(lane, opened("a", 1), text("a", 2));

        StepVerifier.create(turn(lane))
                .expectNext(opened("a", 1), text("a", 2))
                .then(() -> accept(lane, text("a", 3)))
                .expectNext(text("a", 3))
                .thenCancel()
                .verify();

        assertThat(counts(lane).delivered()).isEqualTo(new Tally(2, 20));
        assertThat(counts(lane).controls()).isEqualTo(new ControlCounts(1, 0, 0));
        assertThat(counts(lane).conserved()).isTrue();
    }

    static Stream<Arguments> downstreams() {
        return Stream.of(
                Arguments.of("nothing", UnaryOperator.<Flux<IngressEvent>>identity()),
                Arguments.of("map", (UnaryOperator<Flux<IngressEvent>>) flux -> flux.map(event -> event)),
                Arguments.of("hide", (UnaryOperator<Flux<IngressEvent>>) Flux::hide),
                Arguments.of("doOnNext", (UnaryOperator<Flux<IngressEvent>>) flux -> flux.doOnNext(event -> {})),
                Arguments.of("filter", (UnaryOperator<Flux<IngressEvent>>) flux -> flux.filter(event -> true)));
    }

    @ParameterizedTest(name = "with {0} behind the lane")
    @MethodSource("downstreams")
    @DisplayName("pitfall 20: the bound is the bound, whatever stands behind the lane")
    void the_bound_in_events_is_exact(String name, UnaryOperator<Flux<IngressEvent>> behind) {
        StepVerifier.create(behind.apply(turn(lane)), 0)
                .expectSubscription()
                .then(() -> Stream.iterate(1L, i -> i + 1).limit(20).forEach(i -> accept(lane, text("a", i))))
                .then(() -> {
                    assertThat(counts(lane).queued().events()).isEqualTo(4);
                    assertThat(counts(lane).dropped().events()).isEqualTo(16);
                    assertThat(overflows).containsExactly("a@5");
                })
                .thenRequest(5)
                .expectNext(text("a", 1), text("a", 2), text("a", 3), text("a", 4), gap("a", 16, 5, 20))
                .thenCancel()
                .verify();
        assertThat(counts(lane).conserved()).isTrue();
    }

    @Test
    @DisplayName(
            "pitfall 20: automatic context propagation, which turns fusion off, changes neither bound nor delivery")
    void an_embedders_switch_changes_nothing() {
        Hooks.enableAutomaticContextPropagation();
        try {
            StepVerifier.create(turn(lane), 0)
                    .expectSubscription()
                    .then(() -> Stream.iterate(1L, i -> i + 1).limit(6).forEach(i -> accept(lane, text("a", i))))
                    .then(() -> assertThat(counts(lane).queued().events()).isEqualTo(4))
                    .thenRequest(Long.MAX_VALUE)
                    .expectNext(text("a", 1), text("a", 2), text("a", 3), text("a", 4), gap("a", 2, 5, 6))
                    .thenCancel()
                    .verify(Duration.ofSeconds(10));
        } finally {
            Hooks.disableAutomaticContextPropagation();
        }
        assertThat(counts(lane).conserved()).isTrue();
    }

    @Test
    void the_bound_in_bytes_is_exact() {
        IngressLane small = lane(100, 30);
        accept(small, text("a", 1, 10), text("a", 2, 21), text("a", 3, 20), text("a", 4, 0), text("a", 5, 1));

        assertThat(counts(small).queued()).isEqualTo(new Tally(3, 30));
        assertThat(counts(small).dropped()).isEqualTo(new Tally(2, 22));
    }

    @Test
    void a_gap_stands_where_the_missing_texts_would_have_stood() {
        accept(lane, text("a", 1), text("a", 2), text("a", 3), text("a", 4), text("a", 5), text("b", 1), text("a", 6));
        accept(lane, closed("a", 7));

        StepVerifier.create(turn(lane))
                .expectNext(text("a", 1), text("a", 2), text("a", 3), text("a", 4))
                .expectNext(gap("a", 2, 5, 6), gap("b", 1, 1, 1), closed("a", 7))
                .thenCancel()
                .verify();

        assertThat(overflows).containsExactly("a@5", "b@1");
        assertThat(counts(lane).gaps()).isEqualTo(2);
    }

    @Test
    @DisplayName("pitfall 16: an overflow ends no turn: a lane with room again tells the Gap before the next text")
    void a_lane_with_room_again_tells_the_gap_before_the_next_text() {
        accept(lane, text("a", 1), text("a", 2), text("a", 3), text("a", 4), text("a", 5));

        StepVerifier.create(turn(lane), 1)
                .expectNext(text("a", 1))
                .then(() -> accept(lane, text("a", 6)))
                .thenRequest(10)
                .expectNext(text("a", 2), text("a", 3), text("a", 4), gap("a", 1, 5, 5), text("a", 6))
                .thenCancel()
                .verify();
    }

    @Test
    @DisplayName("pitfall 18: what waits outlives a cancelled turn")
    void a_cancelled_turn_hands_over_what_it_did_not_claim() {
        accept(lane, text("a", 1), text("a", 2), text("a", 3));

        StepVerifier.create(turn(lane), 1).expectNext(text("a", 1)).thenCancel().verify();
        accept(lane, text("a", 4));

        StepVerifier.create(turn(lane))
                .expectNext(text("a", 2), text("a", 3), text("a", 4))
                .thenCancel()
                .verify();
        assertThat(counts(lane).delivered().events()).isEqualTo(4);
        assertThat(counts(lane).conserved()).isTrue();
    }

    @Test
    @DisplayName(
            "pitfall 17: before anybody subscribes texts wait, and what is beyond the bound is a drop like any other")
    void a_lane_nobody_has_subscribed_to_drops_and_counts() {
        for (int n = 1; n <= 6; n++) {
            accept(lane, text("a", n));
        }
        Flux<IngressEvent> turn = turn(lane);
        accept(lane, text("a", 7));

        assertThat(counts(lane).received().events()).isEqualTo(7);
        assertThat(counts(lane).dropped().events()).isEqualTo(3);
        assertThat(counts(lane).conserved()).isTrue();
        StepVerifier.create(turn)
                .expectNext(text("a", 1), text("a", 2), text("a", 3), text("a", 4), gap("a", 3, 5, 7))
                .thenCancel()
                .verify();
    }

    @Test
    void a_gap_that_was_shown_but_not_claimed_is_told_to_the_next_turn() {
        accept(lane, text("a", 1), text("a", 2), text("a", 3), text("a", 4), text("a", 5));

        StepVerifier.create(turn(lane), 4).expectNextCount(4).thenCancel().verify();
        accept(lane, text("a", 6));

        StepVerifier.create(turn(lane))
                .expectNext(gap("a", 1, 5, 5), text("a", 6))
                .thenCancel()
                .verify();
    }

    @Test
    void a_failing_plugin_costs_the_event_in_hand_only() {
        accept(lane, text("a", 1), text("a", 2));

        StepVerifier.create(turn(lane).map(event -> {
                    throw new IllegalStateException("plugin");
                }))
                .verifyError(IllegalStateException.class);

        assertThat(counts(lane).delivered().events()).isEqualTo(1);
        assertThat(counts(lane).queued().events()).isEqualTo(1);
    }

    @Test
    @DisplayName("pitfall 12: a second subscriber gets an error, and the first goes on")
    void a_second_subscriber_gets_an_error() {
        Flux<IngressEvent> turn = turn(lane);
        StepVerifier.create(turn)
                .then(() -> StepVerifier.create(turn).verifyError(IllegalStateException.class))
                .then(() -> accept(lane, text("a", 1)))
                .expectNext(text("a", 1))
                .thenCancel()
                .verify();
    }

    @Test
    void complete_delivers_what_waits_then_completes_and_discards_what_comes_later() {
        accept(lane, text("a", 1), text("a", 2), text("a", 3), text("a", 4), text("a", 5));

        StepVerifier.create(turn(lane), 1)
                .expectNext(text("a", 1))
                .then(lane::complete)
                .then(() -> accept(lane, text("a", 6), closed("a", 7)))
                .thenRequest(10)
                .expectNext(text("a", 2), text("a", 3), text("a", 4), gap("a", 1, 5, 5))
                .verifyComplete();

        assertThat(counts(lane).discarded().events()).isEqualTo(1);
        assertThat(counts(lane).conserved()).isTrue();
    }

    @Test
    void close_discards_what_waits_and_counts_it() {
        accept(lane, text("a", 1), opened("a", 2), text("b", 1));

        lane.close();
        accept(lane, text("a", 3), closed("a", 4));

        assertThat(lane.ledger().get("a").controls()).isEqualTo(new ControlCounts(0, 0, 2));
        assertThat(lane.ledger().get("a").discarded()).isEqualTo(new Tally(2, 20));
        assertThat(lane.ledger().get("b").discarded()).isEqualTo(new Tally(1, 10));
        assertThat(counts(lane).conserved()).isTrue();
        assertThat(counts(lane).queued()).isEqualTo(Tally.ZERO);
    }

    @Test
    void control_events_are_never_dropped_and_keep_their_place() {
        accept(lane, text("a", 1), text("a", 2), text("a", 3), text("a", 4), closed("a", 5), text("a", 6));
        accept(lane, opened("b", 1));

        StepVerifier.create(turn(lane))
                .expectNext(text("a", 1), text("a", 2), text("a", 3), text("a", 4), closed("a", 5))
                .expectNext(gap("a", 1, 6, 6), opened("b", 1))
                .thenCancel()
                .verify();
    }

    @Test
    void a_second_state_event_replaces_the_waiting_one_of_its_kind() {
        accept(lane, closed("a", 1), text("a", 2), closed("b", 1), closed("a", 3));

        StepVerifier.create(turn(lane))
                .expectNext(text("a", 2), closed("b", 1), closed("a", 3))
                .thenCancel()
                .verify();
        assertThat(counts(lane).controls()).isEqualTo(new ControlCounts(2, 1, 0));
    }

    @Test
    void a_replaced_state_event_leaves_its_gap_in_place() {
        accept(lane, text("a", 1), text("a", 2), text("a", 3), text("a", 4), text("a", 5), closed("a", 6));
        accept(lane, text("a", 7), closed("a", 8));

        StepVerifier.create(turn(lane))
                .expectNextCount(4)
                .expectNext(gap("a", 2, 5, 7), closed("a", 8))
                .thenCancel()
                .verify();
    }

    @Test
    void refusals_that_wait_are_bounded_by_folding() {
        for (int i = 1; i <= ControlSlots.MAX_ANSWERS + 5; i++) {
            accept(lane, refused("a", i), failed("a", 1_000 + i));
        }

        List<IngressEvent> told =
                turn(lane).take(2 * ControlSlots.MAX_ANSWERS).collectList().block();

        assertThat(told).hasSize(128);
        assertThat(told.stream()
                        .filter(IngressEvent.CommandRefused.class::isInstance)
                        .mapToLong(event -> 1 + ((IngressEvent.CommandRefused) event).more())
                        .sum())
                .isEqualTo(ControlSlots.MAX_ANSWERS + 5);
        assertThat(told.stream()
                        .filter(IngressEvent.CommandFailed.class::isInstance)
                        .mapToLong(event -> 1 + ((IngressEvent.CommandFailed) event).more())
                        .sum())
                .isEqualTo(ControlSlots.MAX_ANSWERS + 5);
        assertThat(counts(lane).controls()).isEqualTo(new ControlCounts(128, 0, 0));
    }

    @Test
    void the_most_waiting_controls_is_a_number() {
        assertThat(IngressLane.MAX_WAITING_CONTROLS).isEqualTo(197);
    }

    @Test
    void a_turn_that_ended_takes_nothing_more() {
        TestPublisher<String> never = TestPublisher.create();
        Flux<IngressEvent> first = turn(lane);
        Flux<IngressEvent> second = turn(lane);
        accept(lane, text("a", 1));

        StepVerifier.create(first.takeUntilOther(never)).thenCancel().verify();
        StepVerifier.create(second).expectNext(text("a", 1)).thenCancel().verify();
    }

    @Test
    void bounds_are_checked() {
        assertThatThrownBy(() -> new LaneBounds(0, 1, OverflowPolicy.DROP_NEWEST))
                .hasMessage("maxEvents must be at least 1 event, is 0");
        assertThatThrownBy(() -> new LaneBounds(1, 0, OverflowPolicy.DROP_NEWEST))
                .hasMessage("maxBytes must be at least 1 byte, is 0");
    }
}
