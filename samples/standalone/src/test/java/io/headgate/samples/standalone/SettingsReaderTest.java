package io.headgate.samples.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import io.headgate.host.recording.RecordingSettings;
import io.headgate.host.ws.ProxyOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SettingsReaderTest {

    private static void assertProblem(String yaml, String... problems) {
        assertThatThrownBy(() -> SettingsReader.parse("settings.yaml", yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(String.join("\n", problems));
    }

    @Test
    void nothingIsTheDefaults() {
        assertThat(SettingsReader.parse("settings.yaml", "version: 1")).isEqualTo(Settings.defaults());
    }

    @Test
    void readsEachKey() {
        Settings settings = SettingsReader.parse("settings.yaml", """
                version: 1
                host:
                  close-timeout: 3s
                  stalled-after: 1m
                  diagnostics-history: 100
                  dial: {name: 1s, tcp: 2s, proxy: 3s, tls: 4s, upgrade: 5s}
                  commands: {undecided: 16, mailbox-commands: 17, mailbox-bytes: 1MiB, outcomes: 18, budget-wait: 6s}
                  exchanges: {at-once: 2, life: 7s, texts: 3, waiting-bytes: 2MiB}
                  recording:
                    directory: /var/lib/headgate/recordings
                    connections: [demo/feed/gateway, demo/feed/control, demo/bot/gateway]
                    redaction: members
                    members: [token]
                    file-bytes: 1MiB
                    files: 3
                websocket:
                  event-loops: 3
                  loops-per-service: 2
                  handshakes-per-loop: 5
                  handshakes-per-service: 4
                  write-high-bytes: 32KiB
                  max-name-ttl: 10s
                  user-agent: Test
                  proxy: {kind: socks5, host: proxy.example.com, port: 1080, user: me, password: s3cret}
                health: {late: 5m, held: 20s}
                http: {address: 0.0.0.0, port: 9000, token: 0123456789abcdef}
                grants: {watch: 2s}
                stop: {grace: 30s}
                log: {format: json}
                """);

        assertThat(settings.host().closeTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.host().stalledAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.host().diagnosticsHistory()).isEqualTo(100);
        assertThat(settings.host().dial().upgrade()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.host().commands().mailboxBytes()).isEqualTo(1 << 20);
        assertThat(settings.host().exchanges().texts()).isEqualTo(3);
        RecordingSettings recording = settings.host().recording().orElseThrow();
        assertThat(recording.directory()).isEqualTo(Path.of("/var/lib/headgate/recordings"));
        assertThat(recording.connections())
                .isEqualTo(Map.of("demo/feed", Set.of("gateway", "control"), "demo/bot", Set.of("gateway")));
        assertThat(recording.redaction().text("{\"token\":1}")).isEqualTo("{\"token\":\"[redacted]\"}");
        assertThat(recording.fileBytes()).isEqualTo(1 << 20);
        assertThat(recording.files()).isEqualTo(3);
        assertThat(settings.webSocket().loops().loopsPerService()).isEqualTo(2);
        assertThat(settings.webSocket().proxy().map(ProxyOptions::host)).contains("proxy.example.com");
        assertThat(settings.health().late()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.http().token()).contains("0123456789abcdef");
        assertThat(settings.watchGrants()).contains(Duration.ofSeconds(2));
        assertThat(settings.grace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.log()).isEqualTo(LogFormat.JSON);
        assertThat(settings.toString()).doesNotContain("s3cret").doesNotContain("0123456789abcdef");
    }

    @Test
    @DisplayName("what is wrong is told with its line, key, value and bound, all of it at once")
    void tellsWhatIsWrong() {
        assertProblem(
                """
                version: 1
                host: {diagnostics-history: 0}
                websocket: {event-loops: 2000}
                http: {port: 70000}
                grants: {watch: 5ms}
                logs: {format: json}
                """,
                "settings.yaml:2:29: host.diagnostics-history: diagnosticsHistory must be at least 1, is 0",
                "settings.yaml:3:26: websocket.event-loops: eventLoops must be between 1 and 1024, is 2000",
                "settings.yaml:4:7: http: port must be from 0 to 65535, is 70000",
                "settings.yaml:5:17: grants.watch: watch must be from 10 ms to 1 day, is 5 ms",
                "settings.yaml:6:1: logs: unknown key: expected one of version, host, websocket, health, http, grants, stop, log");
    }

    @Test
    @DisplayName("nobody listens for everybody without a token, and a token that is too short is not shown")
    void noOpenDoor() {
        assertProblem(
                "version: 1\nhttp: {address: 0.0.0.0}",
                "settings.yaml:2:7: http: address 0.0.0.0 is not a loopback address, and there is no token: whoever reaches it could read"
                        + " everything; set one, or listen on 127.0.0.1");
        assertProblem(
                "version: 1\nhttp: {token: short}",
                "settings.yaml:2:7: http: token must be 16 to 256 printable ASCII characters without blanks, is another text (not shown)");
        assertProblem(
                "version: 1\nhttp: {address: localhost}",
                "settings.yaml:2:7: http: address must be an IP address, is \"localhost\"");
        assertProblem(
                "version: 1\nwebsocket: {proxy: {host: p, port: 1, user: me}}",
                "settings.yaml:2:20: websocket.proxy: user and password must both be there, or none of them");
    }

    @Test
    @DisplayName("a recording that does not say what is left out, or of what, is refused with its line")
    void aRecordingHasToSayWhatItLeavesOut() {
        assertProblem(
                """
                version: 1
                host:
                  recording: {directory: /tmp/r, connections: [demo/feed/gateway]}
                """, "settings.yaml:3:14: host.recording: a recording needs redaction: nothing, texts or members");
        assertProblem("""
                version: 1
                host:
                  recording: {directory: /tmp/r, redaction: members, connections: [demo/feed/gateway]}
                """, "settings.yaml:3:14: host.recording: names must have at least one name, has none");
        assertProblem(
                """
                version: 1
                host:
                  recording: {directory: /tmp/r, redaction: texts, connections: [gateway], files: 1}
                """,
                "settings.yaml:3:14: host.recording: connections must be written as plugin/service/connection, one is gateway");
        assertProblem(
                """
                version: 1
                host:
                  recording: {directory: /tmp/r, redaction: texts, connections: demo/feed/gateway}
                """,
                "settings.yaml:3:14: host.recording: a recording needs connections",
                "settings.yaml:3:65: host.recording.connections: expected a list of at most 1000 texts, found \"demo/feed/gateway\"");
    }
}
