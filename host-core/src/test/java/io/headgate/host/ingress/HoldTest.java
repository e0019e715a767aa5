package io.headgate.host.ingress;

import static io.headgate.host.ingress.LaneEvents.opened;
import static io.headgate.host.ingress.LaneEvents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** R10, invariant 3: {@code HOLD} asks a session for its next text only while room for a largest one is kept for it. */
@Timeout(20)
final class HoldTest implements LaneListener {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int LARGEST = 10;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<Overflow> overflows = new ArrayList<>();
    private final List<String> heldTooLong = new ArrayList<>();
    private final List<IngressEvent> taken = new ArrayList<>();
    private BaseSubscriber<IngressEvent> plugin = new Plugin();

    private final class Plugin extends BaseSubscriber<IngressEvent> {
        @Override
        protected void hookOnSubscribe(Subscription subscription) {}

        @Override
        protected void hookOnNext(IngressEvent event) {
            taken.add(event);
        }
    }

    /** One connection's peer: how much it was asked for, and what it sends. */
    private final class Peer {
        private final TestPublisher<IngressEvent> events = TestPublisher.create();
        private final String name;
        private final Disposable life;
        private long asked;
        private long sent;

        Peer(IngressLane lane, String name) {
            this.name = name;
            this.life = lane.connection(name)
                    .take(events.flux().doOnRequest(more -> asked += more), LaneEvents.NO_THREAD, time)
                    .subscribe();
            send(opened(name, 1));
        }

        Peer send(IngressEvent event) {
            assertThat(asked).as("asked for").isGreaterThan(sent);
            sent++;
            events.next(event);
            return this;
        }

        Peer text(int bytes) {
            return send(LaneEvents.text(name, sent + 1, bytes));
        }

        boolean isAsked() {
            return asked > sent;
        }
    }

    @Override
    public void overflow(Overflow overflow) {
        overflows.add(overflow);
    }

    @Override
    public void heldTooLong(String connection, long epoch) {
        heldTooLong.add(connection + "@" + epoch);
    }

    private IngressLane lane(int events, long bytes, int share, HoldEnd end) {
        LaneBounds bounds = new LaneBounds(events, bytes, OverflowPolicy.HOLD, share, LARGEST, new Hold(LONGEST, end));
        IngressLane lane = new IngressLane(bounds, this);
        lane.turn(Schedulers.immediate()).subscribe(plugin);
        return lane;
    }

    private IngressLane lane(int events, long bytes) {
        return lane(events, bytes, 100, HoldEnd.CLOSE);
    }

    private static EventCounts counts(IngressLane lane, String connection) {
        EventCounts counts = lane.connection(connection).snapshot();
        assertThat(counts.conserved()).isTrue();
        return counts;
    }

    @Test
    void asks_for_no_more_than_there_is_room_for() {
        IngressLane lane = lane(2, 1_000);
        Peer peer = new Peer(lane, "a").text(1).text(1);

        assertThat(peer.isAsked()).isFalse();
        plugin.request(1);
        assertThat(taken).containsExactly(opened("a", 1));
        assertThat(peer.isAsked())
                .as("a control event takes no room and frees none")
                .isFalse();
        plugin.request(1);
        assertThat(peer.isAsked()).isTrue();
        assertThat(counts(lane, "a").dropped()).isEqualTo(Tally.ZERO);
    }

    @Test
    void keeps_room_for_a_largest_text_however_small_the_last_ones_were() {
        IngressLane lane = lane(100, 25);
        Peer peer = new Peer(lane, "a").text(7).text(8);
        assertThat(peer.isAsked()).as("15 + 10 are 25").isTrue();
        peer.text(1);

        assertThat(peer.isAsked()).as("16 + 10 are more").isFalse();
        plugin.request(2);
        assertThat(peer.isAsked()).isTrue();
    }

    @Test
    @DisplayName("what is kept for a quiet connection is not taken by a busy one, until its session has ended")
    void room_is_kept() {
        IngressLane lane = lane(3, 1_000);
        Peer quiet = new Peer(lane, "quiet");
        Peer busy = new Peer(lane, "busy").text(1).text(1);
        assertThat(busy.isAsked()).isFalse();
        assertThat(quiet.isAsked()).isTrue();

        quiet.life.dispose();
        assertThat(busy.isAsked()).isTrue();
    }

    @Test
    void room_is_given_in_the_order_in_which_it_was_asked_for() {
        IngressLane lane = lane(2, 1_000);
        Peer first = new Peer(lane, "first");
        Peer second = new Peer(lane, "second");
        Peer third = new Peer(lane, "third");
        first.text(1);
        second.text(1);
        assertThat(List.of(first.isAsked(), second.isAsked(), third.isAsked())).containsOnly(false);

        plugin.request(4);
        assertThat(List.of(third.isAsked(), first.isAsked(), second.isAsked())).containsExactly(true, false, false);
        plugin.request(1);
        assertThat(List.of(third.isAsked(), first.isAsked(), second.isAsked())).containsExactly(true, true, false);
    }

    @Test
    void a_connection_without_a_share_left_does_not_keep_back_the_others() {
        IngressLane lane = lane(4, 1_000, 50, HoldEnd.CLOSE);
        Peer greedy = new Peer(lane, "greedy").text(1).text(1);
        assertThat(greedy.isAsked()).isFalse();
        Peer modest = new Peer(lane, "modest");

        assertThat(modest.isAsked()).isTrue();
        modest.text(1);
        assertThat(modest.isAsked()).isTrue();
    }

    @Test
    void a_text_smaller_than_what_was_kept_makes_room_for_others() {
        IngressLane lane = lane(100, 20);
        Peer a = new Peer(lane, "a");
        Peer b = new Peer(lane, "b");
        Peer c = new Peer(lane, "c");
        assertThat(c.isAsked()).isFalse();
        a.text(0);

        assertThat(c.isAsked()).isTrue();
        assertThat(List.of(a.isAsked(), b.isAsked())).containsExactly(false, true);
    }

    @Test
    void the_longest_hold_ends_in_a_close_and_what_still_comes_is_dropped() {
        IngressLane lane = lane(1, 1_000);
        Peer peer = new Peer(lane, "a").text(1);
        time.advanceTimeBy(LONGEST.minusMillis(1));
        assertThat(heldTooLong).isEmpty();
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(heldTooLong).containsExactly("a@1");
        peer.text(2).text(3);
        assertThat(peer.isAsked()).as("for the peer's Close").isTrue();
        assertThat(counts(lane, "a").drops()).isEqualTo(Map.of(DropReason.OVERFLOW_CLOSE, new Tally(2, 5)));
        assertThat(heldTooLong).hasSize(1);
    }

    @Test
    void the_longest_hold_ends_in_drops_until_there_is_room() {
        IngressLane lane = lane(1, 1_000, 100, HoldEnd.DROP);
        Peer peer = new Peer(lane, "a").text(1);
        time.advanceTimeBy(LONGEST);
        peer.text(2).text(3);
        assertThat(counts(lane, "a").drops()).isEqualTo(Map.of(DropReason.QUEUE_EVENTS, new Tally(2, 5)));
        assertThat(overflows).containsExactly(new Overflow("a", 1, 3, DropReason.QUEUE_EVENTS, OverflowPolicy.HOLD));

        plugin.request(3);
        peer.text(4);
        assertThat(peer.isAsked()).as("it is held again").isFalse();
        assertThat(counts(lane, "a").drops()).isEqualTo(Map.of(DropReason.QUEUE_EVENTS, new Tally(2, 5)));
        assertThat(heldTooLong).hasSize(1);
    }

    @Test
    void each_hold_is_measured_by_itself() {
        IngressLane lane = lane(1, 1_000);
        Peer peer = new Peer(lane, "a").text(1);
        for (int n = 0; n < 5; n++) {
            time.advanceTimeBy(LONGEST.minusMillis(1));
            plugin.request(n == 0 ? 2 : 1);
            peer.text(1);
        }
        assertThat(heldTooLong).isEmpty();
        assertThat(counts(lane, "a").dropped()).isEqualTo(Tally.ZERO);
    }

    @Test
    void says_since_when_and_how_often_it_holds() {
        IngressLane lane = lane(1, 1_000);
        time.advanceTimeBy(Duration.ofMillis(500));
        Peer peer = new Peer(lane, "a").text(1);
        LaneConnection a = lane.connection("a");
        assertThat(a.held()).isEqualTo(new Held(500, 1));

        plugin.request(2);
        assertThat(a.held()).isEqualTo(new Held(0, 1));
        peer.text(1);
        peer.life.dispose();
        assertThat(a.held()).isEqualTo(new Held(0, 2));
    }

    @Test
    void a_lane_that_takes_no_more_holds_nobody() {
        for (boolean close : new boolean[] {false, true}) {
            plugin = new Plugin();
            IngressLane lane = lane(1, 1_000);
            Peer peer = new Peer(lane, "a").text(1);
            assertThat(peer.isAsked()).isFalse();
            if (close) {
                lane.close();
            } else {
                lane.complete();
            }
            peer.text(2).text(3);

            assertThat(peer.isAsked()).isTrue();
            assertThat(counts(lane, "a").discarded().events()).isEqualTo(close ? 3 : 2);
        }
    }

    @Test
    void what_is_discarded_between_incarnations_makes_room() {
        IngressLane lane = lane(1, 1_000);
        Peer peer = new Peer(lane, "a").text(1);
        lane.endTurn();
        lane.discardWaiting();

        assertThat(peer.isAsked()).isTrue();
    }

    @Test
    void the_end_of_a_session_ends_its_hold() {
        IngressLane lane = lane(1, 1_000);
        Peer first = new Peer(lane, "a").text(1);
        first.life.dispose();
        time.advanceTimeBy(LONGEST);
        assertThat(heldTooLong).isEmpty();

        Peer second = new Peer(lane, "a");
        assertThat(second.isAsked()).isFalse();
        plugin.request(3);
        assertThat(second.isAsked()).isTrue();
    }

    @Test
    @DisplayName("what ends one session takes nothing from the next, however close behind it comes")
    void the_next_session_keeps_its_room() {
        IngressLane lane = lane(1, 100);
        LaneConnection a = lane.connection("a");
        TestPublisher<IngressEvent> first = TestPublisher.create();
        TestPublisher<IngressEvent> second = TestPublisher.create();
        a.take(first.flux(), LaneEvents.NO_THREAD, time)
                .then(Mono.defer(() -> a.take(second.flux().startWith(opened("a", 1)), LaneEvents.NO_THREAD, time)))
                .subscribe();
        first.next(opened("a", 1));
        first.complete();

        assertThat(a.reader.roomIsKept).isTrue();
        assertThat(new Peer(lane, "b").isAsked()).isFalse();
    }

    @Test
    void a_hold_that_begins_while_the_last_one_ends_is_seen() {
        IngressLane lane = lane(1, 100);
        time.advanceTimeBy(Duration.ofMillis(500));
        LaneConnection a = lane.connection("a");
        a.take(Flux.range(1, 5).map(n -> n == 1 ? opened("a", 1) : text("a", n)), LaneEvents.NO_THREAD, time)
                .subscribe();
        assertThat(a.held()).isEqualTo(new Held(500, 1));
        plugin.request(2);

        assertThat(a.held()).isEqualTo(new Held(500, 2));
    }

    @Test
    @DisplayName("a session that ends while it is about to wait is given nothing any more")
    void no_room_is_kept_for_who_has_left() {
        IngressLane lane = lane(1, 100);
        LaneConnection a = lane.connection("a");
        Peer peer = new Peer(lane, "a");
        Reader reader = a.reader;
        peer.life.dispose();
        assertThat(lane.room(reader, 1, time).blockOptional()).isEmpty();

        assertThat(reader.roomIsKept).isFalse();
        assertThat(new Peer(lane, "b").isAsked()).isTrue();
    }

    @Test
    void who_never_waits_is_never_held() {
        IngressLane lane = lane(4, 50, 50, HoldEnd.CLOSE);
        Peer greedy = new Peer(lane, "greedy").text(1).text(1);
        assertThat(greedy.isAsked()).isFalse();
        Peer modest = new Peer(lane, "modest").text(1);

        assertThat(modest.isAsked()).isTrue();
        assertThat(lane.connection("modest").held().times()).isZero();
    }

    @Test
    void a_session_that_is_being_closed_keeps_no_room_from_others() {
        IngressLane lane = lane(1, 100);
        Peer closing = new Peer(lane, "closing").text(1);
        time.advanceTimeBy(LONGEST);
        plugin.request(2);
        closing.text(1);

        assertThat(closing.isAsked()).isTrue();
        assertThat(new Peer(lane, "b").isAsked()).isTrue();
    }

    @Test
    @DisplayName("a session whose thread has ended keeps nobody else from going on")
    void who_cannot_be_told_is_passed_over() {
        IngressLane lane = lane(2, 100);
        Flux<IngressEvent> refusing = Flux.<IngressEvent>create(sink -> sink.onRequest(more -> {
                    if (taken.isEmpty()) {
                        sink.next(opened("gone", 1));
                    } else {
                        throw new RejectedExecutionException("the loop has ended");
                    }
                }))
                .doOnNext(taken::add);
        Peer first = new Peer(lane, "first").text(1);
        first.text(1);
        lane.connection("gone").take(refusing, LaneEvents.NO_THREAD, time).subscribe();
        Peer behind = new Peer(lane, "behind");
        first.life.dispose();
        plugin.request(5);

        assertThat(behind.isAsked()).isTrue();
    }

    @Test
    void the_other_policies_ask_without_bound() {
        for (OverflowPolicy policy :
                List.of(OverflowPolicy.DROP_NEWEST, OverflowPolicy.DROP_OLDEST, OverflowPolicy.CLOSE)) {
            IngressLane lane = new IngressLane(new LaneBounds(2, 1_000, policy), this);
            TestPublisher<IngressEvent> events = TestPublisher.create();
            lane.connection("a").take(events.flux(), LaneEvents.NO_THREAD, time).subscribe();
            LongStream.rangeClosed(1, 5).forEach(n -> events.next(text("a", n)));
            assertThat(counts(lane, "a").dropped().events()).isEqualTo(3);
            events.complete();
        }
    }

    @Test
    void bounds_its_settings() {
        assertThatThrownBy(() -> new LaneBounds(4, 100, OverflowPolicy.HOLD, 50, 51, Hold.defaults()))
                .hasMessage(
                        "with HOLD, largestText must be from 1 to one connection's share of maxBytes, 50 bytes, is 51");
        assertThatThrownBy(() -> new Hold(Duration.ZERO, HoldEnd.CLOSE))
                .hasMessage("longest must be from 1 ms to 1 d, is PT0S");
        assertThatThrownBy(() -> new Hold(Duration.ofDays(1).plusNanos(1), HoldEnd.CLOSE))
                .hasMessageContaining("longest must be from 1 ms to 1 d");
    }
}
