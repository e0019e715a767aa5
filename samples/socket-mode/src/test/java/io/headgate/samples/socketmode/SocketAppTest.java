package io.headgate.samples.socketmode;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.AuthorityReport;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
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

/** The app against a server that knows the rules, in virtual time. */
final class SocketAppTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SocketServer server = new SocketServer();
    private final AtomicInteger worked = new AtomicInteger();

    private PluginHarness playing() {
        return PluginHarness.of(new SocketApp(server, payload -> worked.incrementAndGet()))
                .playWhenAsked(Places.LEFT, server.peer())
                .playWhenAsked(Places.RIGHT, server.peer());
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
            server.failCalls(3);
            server.warn();
            assertThat(server.given()).isOne();
            assertThat(server.openNow()).isOne();
            harness.advance(SECOND.multipliedBy(9));
            assertThat(server.given()).isEqualTo(2);
            assertThat(server.openNow()).isOne();

            server.failCalls(1);
            server.cut();
            assertThat(server.openNow()).isZero();
            harness.advance(SECOND.multipliedBy(2));
            assertThat(server.openNow()).isOne();
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
            assertThat(server.moves()).isGreaterThan(30);
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
