package io.headgate.host.ingress;

import static io.headgate.host.ingress.LaneEvents.closed;
import static io.headgate.host.ingress.LaneEvents.gap;
import static io.headgate.host.ingress.LaneEvents.opened;
import static io.headgate.host.ingress.LaneEvents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** R10, invariants 2 to 4: what a full lane drops, why, and what it tells. */
@Timeout(20)
final class OverflowPoliciesTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<Overflow> told = new ArrayList<>();

    private IngressLane lane(int events, long bytes, OverflowPolicy policy, int share) {
        return new IngressLane(new LaneBounds(events, bytes, policy, share), told::add);
    }

    private IngressLane oldest(int events) {
        return lane(events, 1_000, OverflowPolicy.DROP_OLDEST, 100);
    }

    private static void accept(IngressLane lane, IngressEvent... events) {
        for (IngressEvent event : events) {
            lane.connection(event.connection()).accept(event);
        }
    }

    private static void flood(IngressLane lane, String connection, long from, long to) {
        LongStream.rangeClosed(from, to).forEach(n -> accept(lane, text(connection, n)));
    }

    private static Flux<IngressEvent> turn(IngressLane lane) {
        return lane.turn(Schedulers.immediate());
    }

    private static void assertDelivered(IngressLane lane, IngressEvent... events) {
        StepVerifier.create(turn(lane)).expectNext(events).thenCancel().verify(SOON);
        assertThat(lane.ledger().values()).allMatch(EventCounts::conserved);
        assertThat(lane.ledger().values()).allMatch(counts -> counts.queued().equals(Tally.ZERO));
    }

    private static EventCounts counts(IngressLane lane, String connection) {
        return lane.connection(connection).snapshot();
    }

    @Test
    void drop_oldest_evicts_in_place_and_tells_one_gap() {
        IngressLane lane = oldest(3);
        accept(lane, text("a", 1), text("b", 1), opened("a", 2), text("a", 3), text("a", 4), text("a", 5));

        assertDelivered(
                lane, gap("a", 1, 1, 1), gap("b", 1, 1, 1), opened("a", 2), text("a", 3), text("a", 4), text("a", 5));
        assertThat(told)
                .containsExactly(
                        new Overflow("a", 1, 4, DropReason.QUEUE_EVENTS, OverflowPolicy.DROP_OLDEST),
                        new Overflow("b", 1, 5, DropReason.QUEUE_EVENTS, OverflowPolicy.DROP_OLDEST));
    }

    @Test
    void drop_oldest_makes_as_much_room_as_a_large_text_needs() {
        IngressLane lane = lane(10, 100, OverflowPolicy.DROP_OLDEST, 100);
        accept(lane, text("a", 1, 40), text("a", 2, 40), text("a", 3, 20), text("a", 4, 70));

        assertThat(counts(lane, "a").drops()).isEqualTo(Map.of(DropReason.QUEUE_BYTES, new Tally(2, 80)));
        assertDelivered(lane, gap("a", 2, 1, 2), text("a", 3, 20), text("a", 4, 70));
    }

    @Test
    void a_text_that_could_never_fit_evicts_nothing() {
        IngressLane lane = lane(10, 100, OverflowPolicy.DROP_OLDEST, 100);
        accept(lane, text("a", 1, 40), text("a", 2, 101));

        assertDelivered(lane, text("a", 1, 40), gap("a", 1, 2, 2));
    }

    @Test
    void what_is_shown_is_never_evicted() {
        IngressLane lane = oldest(2);
        LaneConnection a = lane.connection("a");
        Turn turn = new Turn(lane);
        lane.begin(turn);
        accept(lane, text("a", 1), text("a", 2));
        Waiting shown = lane.show(turn);
        flood(lane, "a", 3, 5);

        assertThat(a.snapshot().drops()).isEqualTo(Map.of(DropReason.QUEUE_EVENTS, new Tally(3, 30)));
        lane.end(turn);
        assertThat(shown).isNotNull();
        assertDelivered(lane, text("a", 1), gap("a", 3, 2, 4), text("a", 5));
    }

    @Test
    @DisplayName("a flood faster than the plugin shows it a Gap and a text in turns, and its last text")
    void a_flood_does_not_starve_a_slow_plugin_of_texts() {
        IngressLane lane = oldest(2);
        List<IngressEvent> seen = new ArrayList<>();
        flood(lane, "a", 1, 5);
        StepVerifier.Step<IngressEvent> slow =
                StepVerifier.create(turn(lane).doOnNext(seen::add), 0).expectSubscription();
        for (int n = 0; n < 20; n++) {
            long from = 6 + n * 5L;
            slow = slow.thenRequest(1).expectNextCount(1).then(() -> flood(lane, "a", from, from + 4));
        }
        slow.thenRequest(4).expectNextCount(3).thenCancel().verify(SOON);

        assertThat(seen.subList(0, 20).stream().map(Object::getClass).distinct())
                .containsExactly(IngressEvent.Gap.class, IngressEvent.Text.class);
        for (int n = 0; n < 20; n++) {
            assertThat(seen.get(n)).isInstanceOf(n % 2 == 0 ? IngressEvent.Gap.class : IngressEvent.Text.class);
        }
        assertThat(seen.get(seen.size() - 1)).isEqualTo(text("a", 105));
        assertThat(counts(lane, "a").dropped().events())
                .isEqualTo(seen.stream()
                        .filter(IngressEvent.Gap.class::isInstance)
                        .mapToLong(event -> ((IngressEvent.Gap) event).count())
                        .sum());
    }

    @Test
    void a_text_is_held_for_one_turn_only() {
        IngressLane lane = oldest(2);
        flood(lane, "a", 1, 3);
        StepVerifier.create(turn(lane), 1)
                .expectNext(gap("a", 1, 1, 1))
                .thenCancel()
                .verify(SOON);
        flood(lane, "a", 4, 5);

        assertDelivered(lane, gap("a", 2, 2, 3), text("a", 4), text("a", 5));
    }

    @Test
    void a_gap_that_was_shown_but_not_claimed_takes_in_what_went_missing_behind_it() {
        IngressLane lane = oldest(2);
        flood(lane, "a", 1, 3);
        Turn turn = new Turn(lane);
        lane.begin(turn);
        lane.show(turn);
        // The first is held while the Gap is in the plugin's hands.
        flood(lane, "a", 4, 4);
        lane.end(turn);
        flood(lane, "a", 5, 5);

        assertDelivered(lane, gap("a", 3, 1, 3), text("a", 4), text("a", 5));
    }

    @Test
    void a_gap_behind_the_last_event_is_told_while_others_are_busy() {
        IngressLane lane = lane(2, 1_000, OverflowPolicy.DROP_NEWEST, 100);
        accept(lane, text("busy", 1), text("busy", 2), text("quiet", 1));
        StepVerifier.create(turn(lane), 2)
                .expectNext(text("busy", 1), text("busy", 2))
                .then(() -> accept(lane, text("busy", 3)))
                .thenRequest(1)
                .expectNext(gap("quiet", 1, 1, 1))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void close_takes_nothing_more_of_the_session_even_with_room_again() {
        IngressLane lane = lane(3, 1_000, OverflowPolicy.CLOSE, 100);
        IngressEvent next = new IngressEvent.Text("a", 2, 1, 9, "next session", 12);
        flood(lane, "a", 1, 4);
        StepVerifier.create(turn(lane), 2).expectNextCount(2).thenCancel().verify(SOON);
        accept(lane, text("a", 5), closed("a", 6), text("b", 1), next);

        assertThat(told).containsExactly(new Overflow("a", 1, 4, DropReason.QUEUE_EVENTS, OverflowPolicy.CLOSE));
        assertThat(counts(lane, "a").drops())
                .isEqualTo(
                        Map.of(DropReason.QUEUE_EVENTS, new Tally(1, 10), DropReason.OVERFLOW_CLOSE, new Tally(1, 10)));
        assertDelivered(lane, text("a", 3), gap("a", 2, 4, 5), closed("a", 6), text("b", 1), next);
    }

    @Test
    @DisplayName("a connection beyond its share drops its own texts, and leaves the others theirs")
    void a_share_bounds_one_connection() {
        IngressLane newest = lane(4, 1_000, OverflowPolicy.DROP_NEWEST, 50);
        flood(newest, "noisy", 1, 9);
        flood(newest, "quiet", 1, 2);
        assertThat(counts(newest, "noisy").drops()).isEqualTo(Map.of(DropReason.CONNECTION_SHARE, new Tally(7, 70)));
        assertDelivered(
                newest, text("noisy", 1), text("noisy", 2), gap("noisy", 7, 3, 9), text("quiet", 1), text("quiet", 2));

        IngressLane oldest = lane(4, 1_000, OverflowPolicy.DROP_OLDEST, 50);
        flood(oldest, "quiet", 1, 2);
        flood(oldest, "noisy", 1, 9);
        assertThat(counts(oldest, "noisy").drops()).isEqualTo(Map.of(DropReason.CONNECTION_SHARE, new Tally(7, 70)));
        assertDelivered(
                oldest, text("quiet", 1), text("quiet", 2), gap("noisy", 7, 1, 7), text("noisy", 8), text("noisy", 9));
    }

    @Test
    void a_share_of_the_bytes_bounds_one_connection() {
        IngressLane lane = lane(100, 100, OverflowPolicy.DROP_NEWEST, 25);
        accept(lane, text("a", 1, 20), text("a", 2, 6), text("a", 3, 5), text("b", 1, 26));

        assertThat(counts(lane, "a").drops()).isEqualTo(Map.of(DropReason.CONNECTION_SHARE, new Tally(1, 6)));
        assertThat(counts(lane, "b").drops()).isEqualTo(Map.of(DropReason.CONNECTION_SHARE, new Tally(1, 26)));
    }

    @Test
    @DisplayName("shares that add up to more than the lane: the connection that holds the most gives way")
    void a_noisy_connection_cannot_evict_a_quiet_one() {
        IngressLane lane = lane(6, 1_000, OverflowPolicy.DROP_OLDEST, 67);
        flood(lane, "quiet", 1, 2);
        flood(lane, "noisy", 1, 4);
        flood(lane, "third", 1, 2);
        flood(lane, "noisy", 5, 50);

        assertThat(counts(lane, "quiet").dropped()).isEqualTo(Tally.ZERO);
        assertThat(counts(lane, "third").dropped()).isEqualTo(Tally.ZERO);
        assertThat(counts(lane, "noisy").drops().get(DropReason.QUEUE_EVENTS)).isEqualTo(new Tally(48, 480));
        assertDelivered(
                lane,
                text("quiet", 1),
                text("quiet", 2),
                gap("noisy", 48, 1, 48),
                text("third", 1),
                text("third", 2),
                text("noisy", 49),
                text("noisy", 50));
    }

    @Test
    void a_lane_full_of_bytes_takes_from_who_holds_the_most_bytes() {
        IngressLane lane = lane(100, 100, OverflowPolicy.DROP_OLDEST, 60);
        accept(lane, text("many", 1, 10), text("many", 2, 10), text("many", 3, 10), text("large", 1, 50));
        accept(lane, text("third", 1, 30));

        assertThat(counts(lane, "large").drops()).isEqualTo(Map.of(DropReason.QUEUE_BYTES, new Tally(1, 50)));
        assertThat(counts(lane, "many").dropped()).isEqualTo(Tally.ZERO);
    }

    @Test
    void discarding_what_waits_leaves_control_events_and_gaps() {
        IngressLane lane = lane(3, 1_000, OverflowPolicy.DROP_NEWEST, 100);
        accept(lane, opened("a", 1), text("a", 2), text("b", 1), text("a", 3), text("a", 4), closed("a", 5));
        lane.discardWaiting();
        accept(lane, text("a", 6));

        assertThat(counts(lane, "a").discards()).isEqualTo(Map.of(DiscardReason.INCARNATION_ENDED, new Tally(2, 20)));
        assertThat(counts(lane, "b").discarded()).isEqualTo(new Tally(1, 10));
        assertDelivered(lane, opened("a", 1), gap("a", 1, 4, 4), closed("a", 5), text("a", 6));
    }

    @Test
    void gaps_that_meet_when_what_stood_between_is_discarded_are_one() {
        IngressLane lane = oldest(2);
        flood(lane, "a", 1, 3);
        Turn turn = new Turn(lane);
        lane.begin(turn);
        // The Gap of 1 is told and 2 held, so that 3 is evicted behind it.
        assertThat(lane.claim(turn, lane.show(turn))).isTrue();
        flood(lane, "a", 4, 4);
        lane.end(turn);
        flood(lane, "a", 5, 5);
        lane.discardWaiting();

        assertDelivered(lane, gap("a", 2, 2, 3));
        assertThat(counts(lane, "a").discarded()).isEqualTo(new Tally(2, 20));
    }

    @Test
    void each_discard_has_its_reason() {
        IngressLane lane = lane(4, 1_000, OverflowPolicy.DROP_NEWEST, 100);
        accept(lane, text("a", 1));
        lane.discardWaiting();
        flood(lane, "a", 2, 3);
        lane.complete();
        flood(lane, "a", 4, 6);
        lane.close();

        assertThat(counts(lane, "a").discards())
                .isEqualTo(Map.of(
                        DiscardReason.INCARNATION_ENDED, new Tally(1, 10),
                        DiscardReason.SERVICE_ENDED, new Tally(2, 20),
                        DiscardReason.STOPPING, new Tally(3, 30)));
        assertThat(counts(lane, "a").discarded()).isEqualTo(new Tally(6, 60));
    }

    @Test
    void a_state_event_that_was_shown_gives_way_to_a_newer_one_when_the_turn_ends() {
        IngressLane lane = oldest(2);
        Turn turn = new Turn(lane);
        lane.begin(turn);
        accept(lane, closed("a", 1));
        lane.show(turn);
        accept(lane, closed("a", 2));
        assertThat(counts(lane, "a").controls()).isEqualTo(ControlCounts.ZERO);
        lane.end(turn);

        assertDelivered(lane, closed("a", 2));
        assertThat(counts(lane, "a").controls()).isEqualTo(new ControlCounts(1, 1, 0));
    }

    @Test
    void counts_add_up_by_reason_and_are_immutable() {
        EventCounts one = new EventCounts(
                new Tally(3, 30),
                Tally.ZERO,
                Map.of(DropReason.QUEUE_BYTES, new Tally(2, 20)),
                Map.of(DiscardReason.STOPPING, new Tally(1, 10)),
                Tally.ZERO,
                ControlCounts.ZERO,
                0);
        EventCounts sum = one.plus(one).plus(EventCounts.ZERO);

        assertThat(sum.drops()).isEqualTo(Map.of(DropReason.QUEUE_BYTES, new Tally(4, 40)));
        assertThat(sum.discarded()).isEqualTo(new Tally(2, 20));
        assertThat(sum.conserved()).isTrue();
        assertThatThrownBy(() -> sum.drops().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> sum.discards().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(DropReason.QUEUE_BYTES.wireName()).isEqualTo("queue-bytes");
        assertThat(DiscardReason.INCARNATION_ENDED.wireName()).isEqualTo("incarnation-ended");
    }

    @Test
    void bounds_that_leave_no_room_to_hold_a_text_are_refused() {
        assertThatThrownBy(() -> new LaneBounds(1, 1, OverflowPolicy.DROP_OLDEST))
                .hasMessage("with DROP_OLDEST, one connection's share of maxEvents must be at least 2 events, 100% of 1"
                        + " is less: raise maxEvents or connectionShare");
        assertThatThrownBy(() -> new LaneBounds(7, 1, OverflowPolicy.DROP_OLDEST, 25))
                .hasMessageContaining("25% of 7 is less");
        assertThatThrownBy(() -> new LaneBounds(7, 1, OverflowPolicy.CLOSE, 0))
                .hasMessage("connectionShare must be from 1 to 100 percent, is 0");
        assertThatThrownBy(() -> new LaneBounds(7, 1, OverflowPolicy.CLOSE, 101))
                .hasMessage("connectionShare must be from 1 to 100 percent, is 101");
        assertThat(new LaneBounds(7, Long.MAX_VALUE, OverflowPolicy.CLOSE, 1).eventsOfOne())
                .isEqualTo(1);
        assertThat(new LaneBounds(7, Long.MAX_VALUE, OverflowPolicy.CLOSE, 50).bytesOfOne())
                .isEqualTo(Long.MAX_VALUE / 2);
    }

    @Test
    void counts_that_do_not_add_up_are_not_conserved() {
        Tally one = new Tally(1, 10);
        EventCounts lost = new EventCounts(one, Tally.ZERO, Map.of(), Map.of(), Tally.ZERO, ControlCounts.ZERO, 0);
        assertThat(lost.conserved()).isFalse();
        assertThat(EventCounts.ZERO.conserved()).isTrue();
        EventCounts found = new EventCounts(
                one, Tally.ZERO, Map.of(DropReason.QUEUE_BYTES, one), Map.of(), Tally.ZERO, ControlCounts.ZERO, 0);
        assertThat(found.conserved()).isTrue();
    }
}
