package io.headgate.host.ingress;

import static io.headgate.host.ingress.LaneEvents.closed;
import static io.headgate.host.ingress.LaneEvents.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.IngressEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several texts are shown at once, and each is claimed or waits again. */
final class TurnTest {

    private static IngressLane lane(OverflowPolicy overflow, int events) {
        return new IngressLane(new LaneBounds(events, 100_000, overflow), LaneListener.NONE);
    }

    private static void accept(IngressLane lane, IngressEvent... events) {
        List.of(events).forEach(event -> lane.connection(event.connection()).accept(event));
    }

    private static Turn turn(IngressLane lane) {
        Turn turn = new Turn(lane);
        lane.begin(turn);
        return turn;
    }

    private static Waiting polled(Turn turn) {
        return Objects.requireNonNull(turn.poll(), "nothing is shown");
    }

    /** As the worker does. */
    private static List<IngressEvent> taken(IngressLane lane, Turn turn) {
        List<IngressEvent> taken = new ArrayList<>();
        for (Waiting place = turn.poll(); place != null; place = turn.poll()) {
            if (lane.claim(turn, place)) {
                taken.add(place.told());
            }
        }
        return taken;
    }

    @Test
    void what_is_claimed_is_delivered_and_what_is_only_shown_waits_for_the_next_turn() {
        IngressLane lane = lane(OverflowPolicy.DROP_NEWEST, 10);
        accept(lane, text("a", 1), text("a", 2), text("b", 1), text("a", 3));
        Turn first = turn(lane);
        assertThat(lane.claim(first, polled(first))).isTrue();
        assertThat(lane.claim(first, polled(first))).isTrue();
        assertThat(polled(first).told()).isEqualTo(text("b", 1));
        assertThat(lane.ledger().get("a").delivered().events()).isEqualTo(2);
        assertThat(lane.ledger().get("b").queued().events()).isOne();

        assertThat(taken(lane, turn(lane))).containsExactly(text("b", 1), text("a", 3));
        assertThat(first.poll()).isNotNull();
        assertThat(taken(lane, first)).isEmpty();
        assertThat(lane.ledger().values()).allMatch(EventCounts::conserved);
    }

    @Test
    @DisplayName("a claim that comes after its turn has ended fails, and takes nothing from the next turn")
    void a_late_claim_leaves_the_next_turn_whole() {
        IngressLane lane = lane(OverflowPolicy.DROP_NEWEST, 10);
        accept(lane, text("a", 1), text("a", 2), text("a", 3));
        Turn ended = turn(lane);
        Waiting late = polled(ended);
        Turn next = turn(lane);
        Waiting again = polled(next);
        assertThat(again).isSameAs(late);
        assertThat(lane.claim(ended, late)).isFalse();

        assertThat(lane.claim(next, again)).isTrue();
        assertThat(taken(lane, next)).containsExactly(text("a", 2), text("a", 3));
    }

    @Test
    void more_than_are_shown_at_once_come_one_after_another_all_the_same() {
        IngressLane lane = lane(OverflowPolicy.DROP_NEWEST, 1_000);
        IntStream.rangeClosed(1, 300).forEach(n -> accept(lane, text("a", n)));

        assertThat(taken(lane, turn(lane)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 300)
                        .mapToObj(n -> text("a", n))
                        .toList());
        assertThat(lane.ledger().get("a").delivered().events()).isEqualTo(300);
    }

    @Test
    void a_state_event_behind_texts_that_are_shown_still_gives_way_to_a_newer_one() {
        IngressLane lane = lane(OverflowPolicy.DROP_NEWEST, 10);
        accept(lane, text("a", 1), text("a", 2), closed("a", 3));
        Turn turn = turn(lane);
        Waiting shown = polled(turn);
        accept(lane, closed("a", 4));

        assertThat(lane.claim(turn, shown)).isTrue();
        assertThat(taken(lane, turn)).containsExactly(text("a", 2), closed("a", 4));
    }

    @Test
    void no_text_is_shown_with_a_control_event_so_that_it_can_be_discarded() {
        IngressLane lane = lane(OverflowPolicy.DROP_NEWEST, 10);
        accept(lane, closed("a", 1), text("a", 2));
        Turn turn = turn(lane);
        Waiting shown = polled(turn);
        assertThat(turn.poll()).isNull();
        lane.discardWaiting();

        assertThat(lane.claim(turn, shown)).isTrue();
        assertThat(taken(lane, turn)).isEmpty();
        assertThat(lane.ledger().get("a").discarded().events()).isOne();
    }

    @Test
    void where_the_oldest_gives_way_nothing_but_the_first_is_out_of_its_reach() {
        IngressLane lane = lane(OverflowPolicy.DROP_OLDEST, 3);
        accept(lane, text("a", 1), text("a", 2), text("a", 3));
        Turn turn = turn(lane);
        Waiting shown = polled(turn);
        assertThat(turn.poll()).isNull();
        accept(lane, text("a", 4));

        assertThat(lane.ledger().get("a").drops()).isEqualTo(Map.of(DropReason.QUEUE_EVENTS, new Tally(1, 10)));
        assertThat(lane.claim(turn, shown)).isTrue();
        assertThat(taken(lane, turn).get(0)).isInstanceOf(IngressEvent.Gap.class);
    }

    @Test
    void what_is_shown_and_discarded_cannot_be_claimed_and_what_comes_later_can() {
        IngressLane lane = lane(OverflowPolicy.DROP_NEWEST, 10);
        accept(lane, text("a", 1), text("a", 2), text("a", 3));
        Turn turn = turn(lane);
        assertThat(lane.claim(turn, polled(turn))).isTrue();
        Waiting shown = polled(turn);
        lane.discardWaiting();
        accept(lane, text("a", 4));

        assertThat(lane.claim(turn, shown)).isFalse();
        assertThat(taken(lane, turn)).containsExactly(text("a", 4));
        assertThat(lane.ledger().get("a").discards())
                .isEqualTo(Map.of(DiscardReason.INCARNATION_ENDED, new Tally(2, 20)));
        assertThat(lane.ledger().get("a").conserved()).isTrue();
    }

    @Test
    void what_was_claimed_keeps_nothing_that_came_behind_it() {
        IngressLane lane = lane(OverflowPolicy.DROP_NEWEST, 10);
        accept(lane, text("a", 1), text("a", 2));
        Turn turn = turn(lane);
        Waiting claimed = polled(turn);
        assertThat(claimed.shownNext).isNotNull();
        assertThat(lane.claim(turn, claimed)).isTrue();

        assertThat(claimed.shownNext).isNull();
    }
}
