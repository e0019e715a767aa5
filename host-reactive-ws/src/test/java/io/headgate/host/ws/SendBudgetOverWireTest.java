package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Invariant 1, R10, over real sockets: what a real peer counts. */
final class SendBudgetOverWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final NettyServer server = new NettyServer(null);
    private final ReactorNettyDriver driver = ReactorNettyDriver.create();
    private final String target = server.target(Answer.ACCEPT).toUri().toString();
    private final Sinks.Many<OutputCommand> commands = Sinks.many().unicast().onBackpressureBuffer();
    private final PluginHost host = PluginHost.builder()
            .driver(driver)
            .grants(budget("5/1d"))
            .settings(HostSettings.defaults().withCommands(settings -> settings.withBudgetWait(Duration.ofDays(1))))
            .plugin(
                    Manifest.parse(
                            "plugin.yaml",
                            "version: 1\nid: wire\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n"
                                    + "    connections:\n      - {name: c, target: \"" + target
                                    + "\", access: [subscribe, send]}\n"),
                    (events, context) -> Flux.merge(events.thenMany(Flux.empty()), commands.asFlux()))
            .build();

    private GrantFile budget(String budget) {
        return GrantFile.parse(
                "grants.yaml",
                "version: 1\ngrants:\n  - plugin: wire\n    websocket:\n      - {target: \""
                        + target.replaceAll("\\?.*", "")
                        + "\", access: [subscribe, send], addresses: loopback, send-budget: " + budget
                        + "}\n    reconnect: {policy: manual}\n");
    }

    @AfterEach
    void stop() {
        host.stop(Duration.ZERO).block(PATIENCE);
        driver.disposeLater().block(PATIENCE);
        server.close();
    }

    private NettyPeer peerOfSession(long epoch) {
        NettyPeer peer = server.peer().block(PATIENCE);
        await(() -> connection().state() == ConnectionState.OPEN && connection().epoch() == epoch);
        return peer;
    }

    private ConnectionStatus connection() {
        return host.status().services().get(0).connections().get(0);
    }

    private CommandCounts counts() {
        return connection().commands();
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(5))
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(PATIENCE);
    }

    private void issue(int from, int to) {
        IntStream.range(from, to)
                .forEach(n -> commands.tryEmitNext(OutputCommand.sendText("c", "t" + n))
                        .orThrow());
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> "t" + n).toList();
    }

    /** All that a peer ever got: known when its session is over. */
    private static List<String> all(NettyPeer peer) {
        return peer.received()
                .ofType(Frame.Text.class)
                .map(Frame.Text::text)
                .collectList()
                .block(PATIENCE);
    }

    @Test
    @DisplayName("Two sessions of one connection have one budget, and a change lets out exactly what it adds")
    void theBudgetOutlivesTheSession() {
        host.start().block(PATIENCE);
        NettyPeer first = peerOfSession(1);
        issue(0, 8);
        await(() -> counts().sent() == 5 && counts().inFlight() == 3);
        // From now on the next one is meant.
        server.target(Answer.ACCEPT);
        first.close(4000, "");
        await(() -> connection().state() == ConnectionState.DOWN && counts().inFlight() == 0);
        assertThat(all(first)).isEqualTo(texts(0, 5));

        commands.tryEmitNext(OutputCommand.reconnect("c")).orThrow();
        NettyPeer second = peerOfSession(2);
        issue(8, 12);
        await(() -> counts().inFlight() == 4);
        host.grants(budget("7/1d")).block(PATIENCE);
        await(() -> counts().inFlight() == 2);
        host.stop(Duration.ZERO).block(PATIENCE);

        assertThat(all(second)).isEqualTo(texts(8, 10));
        assertThat(counts().sent()).isEqualTo(7);
        assertThat(counts().conserved()).isTrue();
    }

    @Test
    @DisplayName("What waits leaves in order as its tokens come, on the event loop that the timer wakes")
    void whatWaitsLeavesInOrder() {
        host.start().block(PATIENCE);
        NettyPeer peer = peerOfSession(1);
        host.grants(budget("10/50ms")).block(PATIENCE);
        issue(0, 60);
        await(() -> counts().sent() == 60);
        host.stop(Duration.ZERO).block(PATIENCE);

        assertThat(all(peer)).isEqualTo(texts(0, 60));
    }
}
