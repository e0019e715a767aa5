package io.headgate.samples.socketmode;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.AuthorityReport;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.test.PluginHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** The app against a server that knows the rules, in virtual time. */
final class SocketAppTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String HELLO = "{\"type\":\"hello\"}";
    private static final String WARNING = "{\"type\":\"disconnect\"}";

    private final SocketServer server = new SocketServer(
            ticket -> "wss://wss-" + ticket + ".socket.example/link/?ticket=" + ticket, Duration.ofMillis(1));
    private final AtomicInteger worked = new AtomicInteger();

    private PluginHarness playing() {
        return PluginHarness.of(new SocketApp(server, payload -> worked.incrementAndGet()))
                .playWhenAsked(Places.LEFT, server)
                .playWhenAsked(Places.RIGHT, server);
    }

    @Test
    void opensOneOfItsTwoPlacesAndAcknowledges() {
        try (PluginHarness harness = playing()) {
            assertThat(server.openNow()).isOne();
            assertThat(server.given()).isOne();
            server.happens();
            harness.advance(SECOND);
            assertThat(worked).hasValue(1);
            assertThat(server.unacknowledged()).isZero();
        }
    }

    @Test
    @DisplayName("warned, it opens the next one before it leaves, and acknowledges on both meanwhile")
    void makesBeforeItBreaks() {
        try (PluginHarness harness = playing()) {
            for (int move = 1; move <= 5; move++) {
                server.warn();
                server.happens();
                assertThat(server.openNow()).isOne();
                assertThat(server.given()).isEqualTo(move + 1);
                harness.advance(SECOND.multipliedBy(11));
                assertThat(server.openNow()).isOne();
            }
            assertThat(worked).hasValue(5);
        }
    }

    @Test
    @DisplayName("a call that fails is made again, later and later, and what stands stays until then")
    void callsThatFail() {
        try (PluginHarness harness = playing()) {
            // Again after 1 to 1.5 s, and 1 to 3 s behind that: the wait has its jitter.
            server.failCalls(2);
            server.warn();
            harness.advance(SECOND.multipliedBy(2).minusMillis(1));
            assertThat(server.given()).isOne();
            assertThat(server.openNow()).isOne();
            harness.advance(SECOND.multipliedBy(3));
            assertThat(server.given()).isEqualTo(2);
            assertThat(server.openNow()).isOne();

            server.failCalls(1);
            server.cut();
            assertThat(server.openNow()).isZero();
            harness.advance(SECOND.multipliedBy(2));
            assertThat(server.openNow()).isOne();
        }
    }

    @Test
    @DisplayName("warned again before the last one has ended, it asks when it has: one call for each connection")
    void movesTwiceInARow() {
        AtomicInteger calls = new AtomicInteger();
        SocketApp app = new SocketApp(
                () -> Mono.fromSupplier(() -> "wss://a.socket.example/link/" + calls.incrementAndGet()), payload -> {});
        try (PluginHarness harness = PluginHarness.of(app)) {
            harness.reconnectNeeded("left", "declared with a pattern")
                    .reconnectNeeded("right", "declared with a pattern");
            harness.expectOpen("left", "wss://a.socket.example/link/1")
                    .opened("left")
                    .text("left", HELLO);
            harness.text("left", WARNING)
                    .text("left", WARNING)
                    .expectOpen("right", "wss://a.socket.example/link/2")
                    .opened("right")
                    .text("right", HELLO);
            harness.expectClose("left", 1000).text("right", WARNING).expectNothing();
            harness.closed("left", 1000, "").reconnectNeeded("left", "closed");
            harness.expectOpen("left", "wss://a.socket.example/link/3").expectNothing();
        }
    }

    @Test
    @DisplayName(
            "what cannot be opened is asked for anew, later and later; so is what the host lets nobody open for now")
    void dialsThatFail() {
        SocketApp app = new SocketApp(() -> Mono.just("wss://a.socket.example/link/1"), payload -> {});
        try (PluginHarness harness = PluginHarness.of(app)) {
            harness.reconnectNeeded("left", "declared with a pattern");
            for (int wait = 1; wait <= 16; wait *= 2) {
                harness.expectOpen("left", "wss://a.socket.example/link/1");
                harness.failed("left", FailureKind.CONNECT, "refused").reconnectNeeded("left", "refused");
                harness.advance(SECOND.multipliedBy(wait).minusMillis(1))
                        .expectNothing()
                        .advance(Duration.ofMillis(1));
            }
            harness.outcome(harness.expectCommand(OutputCommand.Open.class), Result.REJECTED, "over-open-budget");
            harness.advance(SECOND.multipliedBy(32))
                    .expectOpen("left", "wss://a.socket.example/link/1")
                    .expectNothing();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName(
            "an hour of refreshes, cuts and calls that fail: everything acknowledged in time, one connection at the end")
    void anHour(long seed) {
        Random random = new Random(seed);
        try (PluginHarness harness = playing()) {
            for (int second = 0; second < 3_600; second++) {
                harness.advance(SECOND);
                if (server.openNow() == 0) {
                    continue;
                }
                switch (random.nextInt(60)) {
                    case 0 -> server.warn();
                    case 1 -> server.cut();
                    case 2 -> server.failCalls(1);
                    default -> server.happens();
                }
            }
            harness.advance(Duration.ofMinutes(1));
            assertThat(server.openNow()).isOne();
            assertThat(server.opened()).isGreaterThan(60);
            assertThat(server.unacknowledged()).isZero();
            assertThat(worked).hasValue(server.envelopes());
        }
    }

    @Test
    void theGrantGivesWhatTheManifestAsksFor() throws IOException {
        Manifest manifest = Manifest.read(Path.of("src/main/resources/META-INF/headgate/plugin.yaml"));
        GrantFile grants = GrantFile.parse(
                "grants.yaml", Files.readString(Path.of("grants.yaml")).replace("${env:SOCKET_APP_TOKEN}", "token"));
        assertThat(AuthorityReport.of(List.of(manifest), grants).agrees()).isTrue();
    }
}
