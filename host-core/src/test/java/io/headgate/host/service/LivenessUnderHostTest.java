package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** R4, R6, R7: what becomes of a peer that is not there any more, through a whole host. */
@Timeout(60)
final class LivenessUnderHostTest {

    private static final String LIVENESS = "    liveness: {ping-interval: 20s, pong-timeout: 10s, no-data: 5m}\n";
    private static final String MANUAL = "{policy: manual}";
    private static final String BACKOFF = "{policy: backoff, first: 1s, max: 1s}";

    @Test
    @DisplayName("A half-open peer: the plugin is told Failed, the operator why, and the host dials again")
    void halfOpen() {
        try (HostFixture fixture = granted(HostFixture.GRANTS.replace(MANUAL, BACKOFF) + LIVENESS)) {
            InMemoryPeer peer = fixture.chat().ignorePings();
            fixture.after(Duration.ofMillis(29_999));
            assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.OPEN);
            fixture.after(Duration.ofMillis(1));

            assertThat(peer.isGone()).isTrue();
            assertThat(fixture.seen(IngressEvent.Failed.class, "chat"))
                    .singleElement()
                    .satisfies(failed -> {
                        assertThat(failed.kind()).isEqualTo(FailureKind.TIMEOUT);
                        assertThat(failed.message()).isEqualTo("the peer did not answer a ping within PT10S");
                    });
            assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.WAITING);
            assertThat(fixture.connection("chat").lastError())
                    .isEqualTo("TIMEOUT: the peer did not answer a ping within PT10S");
            assertThat(fixture.connection("chat").pings()).isEqualTo(new PingStatus(1, 0, 0));

            fixture.after(Duration.ofSeconds(1));
            fixture.driver.peer("chat").accept();
            fixture.after(Duration.ofSeconds(50));
            assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.OPEN);
            assertThat(fixture.connection("chat").epoch()).isEqualTo(2);
            assertThat(fixture.connection("chat").pings().answered()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("A silent peer is closed with 1008, and the plugin told who closed")
    void silent() {
        try (HostFixture fixture = granted(HostFixture.GRANTS + LIVENESS)) {
            fixture.chat();
            fixture.after(Duration.ofSeconds(330));

            assertThat(fixture.seen(IngressEvent.Closed.class, "chat"))
                    .singleElement()
                    .satisfies(closed -> {
                        assertThat(closed.code()).isEqualTo(1008);
                        assertThat(closed.reason()).isEqualTo("no message for PT5M");
                        assertThat(closed.initiator()).isEqualTo(Initiator.HOST);
                    });
        }
    }

    @Test
    @DisplayName("By default a peer that is gone is found after 40 s, and one that lives is pinged for a day")
    void byDefault() {
        try (HostFixture fixture = granted(HostFixture.GRANTS)) {
            InMemoryPeer peer = fixture.chat();
            fixture.after(Duration.ofDays(1));
            assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.OPEN);
            assertThat(fixture.connection("chat").pings()).isEqualTo(new PingStatus(4_320, 4_320, 0));

            peer.ignorePings();
            fixture.after(Duration.ofSeconds(40));
            assertThat(peer.isGone()).isTrue();
        }
    }

    @Test
    @DisplayName("A held session is not looked at, pings go on, and what is dead is found when the hold has ended")
    void held() {
        String holding = HostFixture.GRANTS.replace(
                "message-bytes: 64}", "message-bytes: 64, overflow: hold, hold: {longest: 1h}}");
        try (HostFixture fixture = granted(holding + LIVENESS)) {
            Duration[] slowly = {Duration.ofMinutes(10)};
            fixture.taking = events -> events.concatMap(
                    event -> event instanceof IngressEvent.Text
                            ? Mono.delay(slowly[0], fixture.time).thenReturn(event)
                            : Mono.just(event),
                    0);
            InMemoryPeer peer = fixture.chat().ignorePings();
            fixture.driver.peer("feed").accept();
            IntStream.rangeClosed(1, 8).forEach(n -> peer.text("t" + n));
            fixture.tick();

            fixture.after(Duration.ofMinutes(9));
            assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.OPEN);
            assertThat(fixture.connection("chat").hold().held().sinceMillis()).isPositive();
            assertThat(fixture.connection("chat").pings().sent()).isBetween(20L, 27L);
            assertThat(fixture.connection("chat").pings().answered()).isZero();

            slowly[0] = Duration.ofMillis(1);
            fixture.after(Duration.ofSeconds(61));
            assertThat(fixture.connection("chat").hold().held().sinceMillis()).isZero();
            assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.OPEN);
            fixture.after(Duration.ofSeconds(50));
            assertThat(peer.isGone()).isTrue();
            assertThat(fixture.seen(IngressEvent.Text.class, "chat")).hasSize(8);
            assertThat(fixture.told(Diagnostic.HeldTooLong.class)).isEmpty();
        }
    }

    private static HostFixture granted(String grants) {
        return new HostFixture(null, settings -> settings, grants);
    }
}
