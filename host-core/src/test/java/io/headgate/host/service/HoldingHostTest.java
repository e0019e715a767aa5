package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.ingress.DropReason;
import io.headgate.host.ingress.Held;
import io.headgate.host.ingress.Tally;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Unread;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** R3, R10: {@code overflow: hold} through a whole host, whose queue holds four texts, one of them for the other connection. */
@Timeout(20)
final class HoldingHostTest {

    private static HostFixture holding(String hold, boolean slow) {
        HostFixture fixture = new HostFixture(
                null,
                settings -> settings,
                HostFixture.GRANTS.replace("message-bytes: 64}", "message-bytes: 64, overflow: hold" + hold + "}"));
        fixture.taking = events -> slow
                ? events.concatMap(
                        event -> Mono.delay(Duration.ofSeconds(1), fixture.time).thenReturn(event), 0)
                // Takes what came before the texts, and then nothing.
                : events.concatMap(event -> event instanceof IngressEvent.Text ? Mono.never() : Mono.just(event), 0);
        return fixture;
    }

    /** Opens both connections that may be, and lets the plugin take what is not a text. */
    private static InMemoryPeer open(HostFixture fixture) {
        InMemoryPeer peer = fixture.chat();
        fixture.driver.peer("feed").accept();
        fixture.after(Duration.ofMinutes(1));
        return peer;
    }

    private static void flood(InMemoryPeer peer, int texts) {
        IntStream.rangeClosed(1, texts).forEach(n -> peer.text("t" + n));
    }

    @Test
    void a_flood_is_held_back_and_none_of_it_is_lost() {
        try (HostFixture fixture = holding("", true)) {
            flood(open(fixture), 20);
            HoldStatus held = fixture.connection("chat").hold();
            assertThat(held.unread()).as("one in hand, three wait").isEqualTo(new Unread(16, 43));
            assertThat(held.held().sinceMillis()).isEqualTo(fixture.nowMillis());
            assertThat(fixture.connection("feed").hold()).isEqualTo(new HoldStatus(new Held(0, 0), Unread.NOTHING));

            fixture.after(Duration.ofMinutes(1));
            assertThat(fixture.seen(IngressEvent.Text.class, "chat").stream().map(IngressEvent.Text::text))
                    .isEqualTo(
                            IntStream.rangeClosed(1, 20).mapToObj(n -> "t" + n).toList());
            assertThat(fixture.connection("chat").events().dropped()).isEqualTo(Tally.ZERO);
            assertThat(fixture.connection("chat").hold().unread()).isEqualTo(Unread.NOTHING);
            assertThat(fixture.connection("chat").hold().held().sinceMillis()).isZero();
            assertThat(fixture.told(Diagnostic.QueueOverflow.class)).isEmpty();
            assertThat(fixture.told(Diagnostic.HeldTooLong.class)).isEmpty();
        }
    }

    @Test
    void a_session_held_for_too_long_is_closed_and_told_so() {
        try (HostFixture fixture = holding(", hold: {longest: 10s}", false)) {
            InMemoryPeer peer = open(fixture);
            flood(peer, 20);
            fixture.after(Duration.ofSeconds(9));
            assertThat(peer.closeSent()).isEmpty();
            fixture.after(Duration.ofSeconds(1));

            assertThat(peer.closeSent()).contains(new Frame.Close(1008, "held too long", Initiator.HOST));
            assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.DOWN);
            assertThat(fixture.connection("chat").lastError()).isEqualTo("closed with 1008 by HOST: held too long");
            assertThat(fixture.connection("chat").events().drops())
                    .containsOnlyKeys(DropReason.OVERFLOW_CLOSE)
                    .containsEntry(DropReason.OVERFLOW_CLOSE, new Tally(16, 43));
            assertThat(fixture.told(Diagnostic.HeldTooLong.class))
                    .singleElement()
                    .satisfies(told -> assertThat(told.message())
                            .isEqualTo(
                                    "the queue had no room for PT10S, and its session is closed; make the plugin faster,"
                                            + " or raise limits.hold.longest in the grant"));
        }
    }

    @Test
    void a_session_held_for_too_long_loses_texts_by_option() {
        try (HostFixture fixture = holding(", hold: {longest: 10s, end: drop}", false)) {
            InMemoryPeer peer = open(fixture);
            flood(peer, 20);
            fixture.after(Duration.ofMinutes(1));

            assertThat(peer.closeSent()).isEmpty();
            assertThat(fixture.connection("chat").events().drops())
                    .containsOnlyKeys(DropReason.QUEUE_EVENTS)
                    .containsEntry(DropReason.QUEUE_EVENTS, new Tally(16, 43));
            assertThat(fixture.told(Diagnostic.HeldTooLong.class)).hasSize(1);
            assertThat(fixture.told(Diagnostic.QueueOverflow.class))
                    .singleElement()
                    .satisfies(
                            told -> assertThat(told.message())
                                    .startsWith(
                                            "the queue is full (queue-events) and drops what comes, after it was held for too long"));
        }
    }

    @Test
    void a_held_service_stops() {
        HostFixture fixture = holding("", false);
        flood(open(fixture), 20);
        fixture.close();

        assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.STOPPED);
        assertThat(fixture.connection("chat").events().conserved()).isTrue();
        assertThat(fixture.connection("chat").events().received().events()).isEqualTo(20);
    }

    @Test
    void a_queue_that_could_not_hold_all_connections_is_refused_when_the_host_is_built() {
        String small = HostFixture.GRANTS.replace("queue-events: 4", "overflow: hold, queue-events: 3");
        assertThatThrownBy(() -> new HostFixture(null, settings -> settings, small))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "test.plugin/bridge declares 4 connections, and with limits.overflow hold each needs room for a"
                                + " largest message of 64 bytes in a queue of 3 events and 1024 bytes: lower limits.message-bytes,"
                                + " or raise limits.queue-events and limits.queue-bytes");
        String narrow = HostFixture.GRANTS.replace("message-bytes: 64", "overflow: hold, message-bytes: 257");
        assertThatThrownBy(() -> new HostFixture(null, settings -> settings, narrow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a largest message of 257 bytes in a queue of 4 events and 1024 bytes");
        List.of(small.replace("events: 3", "events: 4"), narrow.replace("bytes: 257", "bytes: 256"))
                .forEach(grants -> new HostFixture(null, settings -> settings, grants).close());
    }
}
