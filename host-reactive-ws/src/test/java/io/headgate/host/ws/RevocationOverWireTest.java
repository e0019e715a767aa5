package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Invariant 1, over real sockets: what is granted is taken away while texts are on their way. */
final class RevocationOverWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROUNDS = 200;
    private static final int TEXTS = 50;

    private final NettyServer server = new NettyServer(null);
    private final ReactorNettyDriver driver = ReactorNettyDriver.create();
    private final String target = server.target(Answer.ACCEPT).toUri().toString();
    private final Sinks.Many<OutputCommand> commands = Sinks.many().unicast().onBackpressureBuffer();
    private final PluginHost host = PluginHost.builder()
            .driver(driver)
            .grants(granting("subscribe, send"))
            .settings(HostSettings.defaults().withCloseTimeout(Duration.ofMillis(500)))
            .plugin(
                    Manifest.parse(
                            "plugin.yaml",
                            "version: 1\nid: wire\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n"
                                    + "    connections:\n      - {name: c, target: \"" + target
                                    + "\", access: [subscribe, send]}\n"),
                    (events, context) -> Flux.merge(events.thenMany(Flux.empty()), commands.asFlux()))
            .build();

    private GrantFile granting(String access) {
        return GrantFile.parse(
                "grants.yaml",
                "version: 1\ngrants:\n  - plugin: wire\n    websocket:\n      - {target: \""
                        + target.replaceAll("\\?.*", "") + "\", access: [" + access + "], addresses: loopback}\n"
                        + "    reconnect: {policy: manual}\n");
    }

    @AfterEach
    void stop() {
        host.stop(Duration.ZERO).block(PATIENCE);
        driver.disposeLater().block(PATIENCE);
        server.close();
    }

    private NettyPeer started() {
        host.start().block(PATIENCE);
        NettyPeer peer = server.peer().block(PATIENCE);
        await(() -> connection().state() == ConnectionState.OPEN);
        return peer;
    }

    private ConnectionStatus connection() {
        return host.status().services().get(0).connections().get(0);
    }

    private long mayHaveLeft() {
        CommandCounts counts = connection().commands();
        return counts.sent() + counts.failed();
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(5))
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(PATIENCE);
    }

    private void awaitIssued(int all) {
        await(() -> connection().commands().issued() == all);
    }

    private void awaitDecided(int all) {
        await(() -> connection().commands().issued() == all
                && connection().commands().inFlight() == 0);
    }

    private void issue(int texts, String text) {
        for (int n = 0; n < texts; n++) {
            commands.tryEmitNext(OutputCommand.sendText("c", text)).orThrow();
        }
    }

    @Test
    @DisplayName("Nothing is sent after the acknowledgement, whether the peer reads or not")
    void nothingIsSentAfterTheAcknowledgement() {
        NettyPeer peer = started();
        String text = "x".repeat(2048);
        for (int round = 1; round <= ROUNDS; round++) {
            peer.reading(round % 2 == 0);
            issue(TEXTS, text);
            host.grants(granting("subscribe")).block(PATIENCE);
            long left = mayHaveLeft();
            peer.reading(true);
            awaitDecided(round * TEXTS);

            assertThat(mayHaveLeft()).isEqualTo(left);
            host.grants(granting("subscribe, send")).block(PATIENCE);
        }
        assertThat(connection().epoch()).isEqualTo(1);
        assertThat(connection().commands().sent()).isPositive();
        assertThat(connection().commands().denied()).isPositive();
    }

    @Test
    @DisplayName("A session whose peer reads nothing is cut off at the close timeout")
    void aFrozenPeer() {
        NettyPeer peer = started();
        peer.reading(false);
        int issued = 0;
        // Until the buffers of the sockets are full, what was handed over leaves all the same.
        while (connection().commands().failed() == 0) {
            host.grants(granting("subscribe, send")).block(PATIENCE);
            issue(TEXTS, "x".repeat(64 << 10));
            issued += TEXTS;
            awaitIssued(issued);
            host.grants(granting("subscribe")).block(PATIENCE);
            awaitDecided(issued);
        }
        long left = mayHaveLeft();

        await(() -> connection().state() == ConnectionState.DOWN);
        peer.reading(true);
        awaitDecided(issued);
        assertThat(mayHaveLeft()).isEqualTo(left);
    }

    @Test
    @DisplayName("A session that may not be open any more is cut off, and comes back when it may")
    void aSessionIsCutOff() {
        NettyPeer peer = started();
        host.grants(new GrantFile(List.of())).block(PATIENCE);

        assertThat(connection().state()).isEqualTo(ConnectionState.DENIED);
        assertThat(peer.received().collectList().block(PATIENCE)).isEmpty();
        host.grants(granting("subscribe, send")).block(PATIENCE);
        await(() -> connection().state() == ConnectionState.OPEN);
        assertThat(connection().epoch()).isEqualTo(2);
    }
}
