package io.headgate.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.ws.test.PeerServer;
import io.headgate.samples.webflux.RunningSample.Link;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the probes are told. */
final class HostHealthTest {

    private static Object status(RunningSample sample, String probe, int code) {
        Map<String, Object> body = RunningSample.body(sample.http()
                .get()
                .uri("/actuator/health" + probe)
                .exchange()
                .expectStatus()
                .isEqualTo(code));
        return body.get("status");
    }

    @Test
    @DisplayName(
            "up; degraded with a connection that is denied, and still ready; not ready, and alive, when the host has stopped")
    void probes(@TempDir Path folder) {
        try (PeerServer server = PeerServer.start(new Talker())) {
            List<Link> links = List.of(
                    new Link("chat", server.uri() + "a", "access: [subscribe, send]"),
                    new Link("denied", server.uri() + "b", "access: [send]"));
            try (RunningSample sample =
                    RunningSample.start(folder, links, "", NoBeans.class).awaitOpen("chat")) {
                RunningSample.await(() -> sample.connection("denied").state() == ConnectionState.DENIED);
                assertThat(status(sample, "/headgate", 200)).isEqualTo("DEGRADED");
                assertThat(status(sample, "", 200)).isEqualTo("DEGRADED");
                assertThat(status(sample, "/readiness", 200)).isEqualTo("DEGRADED");
                assertThat(status(sample, "/liveness", 200)).isEqualTo("UP");

                sample.host().stop(Duration.ZERO).block(RunningSample.LIMIT);

                assertThat(status(sample, "/headgate", 503)).isEqualTo("OUT_OF_SERVICE");
                assertThat(status(sample, "/readiness", 503)).isEqualTo("OUT_OF_SERVICE");
                assertThat(status(sample, "/liveness", 200)).isEqualTo("UP");
            }
        }
    }
}
