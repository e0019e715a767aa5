package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** R6: who is there and who is not, over real sockets. What it takes in time is told in virtual time by {@code LivenessTest}. */
@Timeout(120)
final class LivenessOverWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FIN_AND_TEXT = 0x81;

    private final NettyServer server = new NettyServer(null);
    private final ReactorNettyDriver driver = ReactorNettyDriver.create();
    private final Queue<IngressEvent> seen = new ConcurrentLinkedQueue<>();
    private @Nullable PluginHost host;

    @AfterEach
    void stop() {
        PluginHost running = host;
        assertThat(running).isNotNull();
        running.stop(Duration.ofSeconds(5)).block(PATIENCE);
        driver.disposeLater().block(PATIENCE);
        server.close();
    }

    @Test
    @DisplayName("A peer that answers is pinged again and again, each ping with its number, and stays")
    void answering() {
        NettyPeer peer = started("{ping-interval: 20ms, pong-timeout: 1m}");

        await(() -> connection().pings().answered() >= 5);

        assertThat(connection().state()).isEqualTo(ConnectionState.OPEN);
        assertThat(connection().pings().roundTripMicros()).isPositive();
        assertThat(peer.received().take(5).collectList().block(PATIENCE)).containsOnly(new Frame.Ping(Long.BYTES));
    }

    @Test
    @DisplayName("A peer that has stopped reading is cut off, though it goes on sending")
    void stalled() {
        NettyPeer peer = started("{ping-interval: 100ms, pong-timeout: 500ms}").reading(false);

        await(() -> {
            peer.text("still talking");
            return connection().lastError().equals("TIMEOUT: the peer did not answer a ping within PT0.5S");
        });

        await(() -> connection().state() == ConnectionState.DOWN);
        await(() -> seen.stream().anyMatch(IngressEvent.Text.class::isInstance));
    }

    @Test
    @DisplayName("A peer that has begun a frame and does not end it is cut off")
    void unfinished() {
        started("{ping-interval: never, no-bytes: 300ms}").raw(FIN_AND_TEXT);

        await(() -> connection().lastError().equals("TIMEOUT: the peer sent nothing for PT0.3S"));
    }

    @Test
    @DisplayName("A peer that only answers pings is closed where messages are expected")
    void silent() {
        NettyPeer peer = started("{ping-interval: 50ms, pong-timeout: 1m, no-data: 500ms}");

        assertThat(peer.received().ofType(Frame.Close.class).blockFirst(PATIENCE))
                .isEqualTo(new Frame.Close(1008, "no message for PT0.5S", Initiator.HOST));
        await(() -> connection().lastError().equals("closed with 1008 by HOST: no message for PT0.5S"));
        assertThat(connection().pings().answered()).isPositive();
    }

    private NettyPeer started(String liveness) {
        String target = server.target(Answer.ACCEPT).toUri().toString();
        String manifest = "version: 1\nid: watching\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n"
                + "    connections:\n      - {name: c, target: \"" + target + "\", access: [subscribe]}\n";
        String grants = "version: 1\ngrants:\n  - plugin: watching\n    websocket:\n      - {target: \""
                + target.replaceAll("\\?.*", "") + "\", access: [subscribe], addresses: loopback}\n    liveness: "
                + liveness + "\n    reconnect: {policy: manual}\n";
        PluginHost made = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", grants))
                .plugin(
                        Manifest.parse("plugin.yaml", manifest),
                        (events, context) -> events.doOnNext(seen::add).thenMany(Flux.<OutputCommand>empty()))
                .build();
        host = made;
        made.start().block(PATIENCE);
        NettyPeer peer = server.peer().block(PATIENCE);
        assertThat(peer).isNotNull();
        return peer;
    }

    private ConnectionStatus connection() {
        PluginHost running = host;
        assertThat(running).isNotNull();
        return running.status().services().get(0).connections().get(0);
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(10))
                .onBackpressureDrop()
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(PATIENCE);
    }
}
