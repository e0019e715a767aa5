package io.headgate.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.LivenessSettings;
import io.headgate.host.ingress.Held;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Initiator;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** R6, R10: a peer that is not there any more is found, within the bound that its settings give, and no other is. */
@Timeout(60)
final class LivenessTest {

    private static final LivenessSettings PINGS =
            LivenessSettings.never().withPings(Duration.ofSeconds(20), Duration.ofSeconds(10));
    private static final LivenessSettings NO_BYTES =
            LivenessSettings.never().withNoBytes(Optional.of(Duration.ofSeconds(60)));
    private static final LivenessSettings NO_DATA = PINGS.withNoData(Optional.of(Duration.ofSeconds(60)));

    private @Nullable WatchedSession opened;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    @DisplayName("A peer that answers is pinged once an interval, a day long, and nothing else happens")
    void answering() {
        WatchedSession session = open(PINGS).after(Duration.ofDays(1));

        assertThat(session.isOver()).isFalse();
        assertThat(session.pinged).isEqualTo(24 * 60 * 60 / 20);
        assertThat(session.roundTrips).hasSize(session.pinged).containsOnly(0L);
        assertThat(session.peer.isGone()).isFalse();
    }

    @Test
    @DisplayName(
            "Half-open: a ping that is not answered ends the session at interval and timeout, without a Close frame")
    void unanswered() {
        WatchedSession session = open(PINGS);
        session.peer.ignorePings();

        assertThat(session.after(Duration.ofMillis(29_999)).isOver()).isFalse();
        session.after(Duration.ofMillis(1));

        assertGone(session, 30_000, "the peer did not answer a ping within PT10S");
        assertThat(session.pinged).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "Half-open towards the peer: what it still sends, pongs that answer nothing too, is no answer to a ping")
    void deafPeer() {
        WatchedSession session = open(PINGS);
        session.peer.ignorePings();
        for (int second = 0; second < 30; second++) {
            assertThat(session.isOver()).isFalse();
            session.peer.text("still talking").pong().ping();
            session.seconds(1);
        }

        assertGone(session, 30_000, "the peer did not answer a ping within PT10S");
    }

    @Test
    @DisplayName("A peer that does not read is found likewise, and one ping waits for it, not many")
    void stalledPeer() {
        WatchedSession session = open(PINGS);
        session.peer.stall();

        session.seconds(30);

        assertGone(session, 30_000, "the peer did not answer a ping within PT10S");
        assertThat(session.pinged).isEqualTo(1);
    }

    @Test
    @DisplayName("An answer that comes within the timeout is one, and the next ping is not sent before it")
    void lateAnswer() {
        WatchedSession session = open(PINGS.withPings(Duration.ofSeconds(2), Duration.ofSeconds(10)));
        session.peer.lag();
        session.seconds(11);
        assertThat(session.pinged).isEqualTo(1);

        session.peer.resume();
        session.seconds(3);

        assertThat(session.isOver()).isFalse();
        assertThat(session.roundTrips.get(0)).isEqualTo(Duration.ofSeconds(9).toNanos());
        assertThat(session.pinged).isGreaterThan(1);
    }

    @Test
    @DisplayName(
            "Pitfall 11: without a byte the session ends, noticed within a tenth of the limit; a part of a frame is a byte")
    void noBytes() {
        WatchedSession session = open(NO_BYTES);
        for (int minute = 0; minute < 60; minute++) {
            session.seconds(59);
            session.peer.part();
        }
        assertThat(session.isOver()).isFalse();

        session.seconds(66);

        assertThat(session.endedAt).isBetween((59L * 60 + 60) * 1000, (59L * 60 + 66) * 1000);
        assertGone(session, session.endedAt, "the peer sent nothing for PT1M");
        assertThat(session.pinged).isZero();
    }

    @Test
    @DisplayName("Pitfall 11: without a message the session is closed, whatever pings and parts of frames come")
    void noData() {
        WatchedSession session = open(NO_DATA);
        session.peer.text("one").binary(1);
        for (int second = 0; second < 66 && session.peer.closeSent().isEmpty(); second++) {
            session.peer.ping().pong().part();
            session.seconds(1);
        }

        assertThat(session.peer.closeSent()).contains(new Frame.Close(1008, "no message for PT1M", Initiator.HOST));
        assertThat(session.endedAt).isBetween(60_000L, 66_000L);
        assertThat(session.failed).isNull();
        assertThat(session.frames).endsWith(new Frame.Close(1008, "no message for PT1M", Initiator.HOST));
    }

    @Test
    @DisplayName("A message, also a binary one, begins the limit anew")
    void data() {
        WatchedSession session = open(NO_DATA);
        for (int minute = 0; minute < 60; minute++) {
            session.seconds(59);
            if (minute % 2 == 0) {
                session.peer.text("x");
            } else {
                session.peer.binary(1);
            }
        }

        assertThat(session.isOver()).isFalse();
    }

    @Test
    @DisplayName(
            "The two limits are apart: a peer that is there and silent is closed, and not cut off; a dead one is cut off")
    void apart() {
        WatchedSession session = open(NO_BYTES.withNoData(Optional.of(Duration.ofSeconds(30))));

        session.seconds(33);

        assertThat(session.peer.closeSent()).isPresent();
        assertThat(session.failed).isNull();
    }

    @Test
    @DisplayName("Where a Close waits for its answer, the close timeout is the only limit")
    void closing() {
        WatchedSession session = open(PINGS.withNoBytes(Optional.of(Duration.ofSeconds(30))));
        session.peer.ignoreClose().ignorePings();

        session.seconds(22).closing().seconds(60);

        assertThat(session.failed).isNull();
        assertThat(session.pinged).isOne();
        assertThat(session.endedAt).isEqualTo(82_000);
        assertThat(session.frames).endsWith(new Frame.Close(1000, "", Initiator.HOST));
    }

    @Test
    @DisplayName("While a session is held nothing can be missing; pings go on while the wire takes them")
    void held() {
        WatchedSession session = open(
                PINGS.withNoBytes(Optional.of(Duration.ofSeconds(30))).withNoData(Optional.of(Duration.ofSeconds(30))));
        session.peer.ignorePings();
        session.held = new Held(1, 1);

        session.seconds(600);
        assertThat(session.isOver()).isFalse();
        assertThat(session.pinged).isBetween(20, 30);

        session.peer.stall();
        int before = session.pinged;
        session.seconds(600);
        assertThat(session.isOver()).isFalse();
        assertThat(session.pinged).isEqualTo(before);
    }

    @Test
    @DisplayName("When the hold ends the limits begin anew")
    void heldNoMore() {
        WatchedSession session = open(PINGS);
        session.peer.ignorePings();
        session.held = new Held(1, 1);
        session.seconds(605);

        session.held = new Held(0, 1);
        session.seconds(9);
        assertThat(session.isOver()).isFalse();
        session.seconds(12);

        assertGone(session, session.endedAt, "the peer did not answer a ping within PT10S");
    }

    @Test
    @DisplayName("A hold between two looks counts too: the answer may stand behind what was held")
    void heldForAMoment() {
        WatchedSession session = open(PINGS);
        session.peer.ignorePings();
        session.seconds(25);
        session.held = new Held(0, 1);

        session.seconds(14);
        assertThat(session.isOver()).isFalse();
        session.seconds(1);

        assertGone(session, 40_000, "the peer did not answer a ping within PT10S");
    }

    @Test
    @DisplayName("A hold of a session before it does not count")
    void heldBefore() {
        opened = new WatchedSession(NO_BYTES, new Held(0, 7));

        opened.seconds(66);

        assertGone(opened, 60_000, "the peer sent nothing for PT1M");
    }

    @Test
    @DisplayName("A reader that asks for nothing is not the peer's fault")
    void unread() {
        opened = new WatchedSession(PINGS.withNoBytes(Optional.of(Duration.ofSeconds(30))), 1);
        opened.peer.text("one").text("two");

        opened.seconds(3_600);

        assertThat(opened.isOver()).isFalse();
        assertThat(opened.peer.isGone()).isFalse();
    }

    @Test
    @DisplayName("A clock that jumps ends nothing, and what is dead is found after it")
    void jumps() {
        WatchedSession session = open(
                PINGS.withNoBytes(Optional.of(Duration.ofSeconds(60))).withNoData(Optional.of(Duration.ofSeconds(60))));
        for (Duration jump : new Duration[] {Duration.ofHours(1), Duration.ofDays(-1), Duration.ofSeconds(61)}) {
            session.peer.lag();
            for (int sent = session.pinged; session.pinged == sent; ) {
                session.seconds(1);
            }
            session.clock.jump(jump);
            session.seconds(8);
            session.peer.resume().text("x");
            session.seconds(10);
            assertThat(session.isOver())
                    .as("after a jump of %s: %s", jump, session.failed)
                    .isFalse();
        }

        session.peer.ignorePings();
        session.seconds(70);
        assertThat(session.isOver()).isTrue();
    }

    @Test
    @DisplayName(
            "A process that stands still now and then finds a silence all the same: only those moments do not count")
    void stopsNowAndThen() {
        WatchedSession session = open(PINGS.withPings(Duration.ofSeconds(1), Duration.ofSeconds(2))
                .withNoData(Optional.of(Duration.ofSeconds(300))));
        for (int pause = 0; pause < 8 && session.peer.closeSent().isEmpty(); pause++) {
            session.seconds(59);
            session.clock.jump(Duration.ofSeconds(1));
            session.seconds(1);
        }

        assertThat(session.peer.closeSent()).isPresent();
        assertThat(session.failed).isNull();
    }

    @Test
    @DisplayName("Nothing is left when the session is over")
    void nothingLeft() {
        WatchedSession session = open(PINGS.withNoBytes(Optional.of(Duration.ofSeconds(60))));
        session.seconds(3_600);
        assertThat(session.clock.pending()).isOne();

        session.peer.end();
        session.after(Duration.ZERO);

        assertThat(session.isOver()).isTrue();
        assertThat(session.clock.pending()).isZero();
    }

    @Test
    @DisplayName("Nothing is timed where nothing is asked for")
    void never() {
        WatchedSession session = open(LivenessSettings.never());

        assertThat(session.after(Duration.ofDays(1)).isOver()).isFalse();
        assertThat(session.clock.pending()).isZero();
    }

    private WatchedSession open(LivenessSettings settings) {
        WatchedSession session = new WatchedSession(settings);
        opened = session;
        return session;
    }

    private static void assertGone(WatchedSession session, long atMillis, String why) {
        assertThat(session.endedAt).isEqualTo(atMillis);
        assertThat(session.failed).isInstanceOfSatisfying(TransportException.class, error -> {
            assertThat(error.kind()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(error).hasMessage(why);
        });
        assertThat(session.peer.isGone()).isTrue();
        assertThat(session.peer.closeSent()).isEmpty();
    }
}
