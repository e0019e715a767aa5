package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.PullWebSocket;
import io.headgate.plugin.ServiceContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** R2, pitfall 4: under a real host, a name that only the proxy knows, and a grant that changes the way. */
final class ProxyUnderHostTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NettyServer server = new NettyServer(null);
    private final ConnectProxy proxy = new ConnectProxy();
    private final SlowNames names = new SlowNames();
    private final ReactorNettyDriver driver = ReactorNettyDriver.create(
            WebSocketOptions.defaults().withEventLoops(1).withProxy(proxy.options()),
            Schedulers.parallel(),
            (unused, loops) -> names.resolver());
    private final String target =
            "ws://localhost:" + server.target(Answer.ACCEPT).port() + "/" + Answer.ACCEPT;
    private final List<IngressEvent> seen = new CopyOnWriteArrayList<>();
    private final Sinks.One<ServiceContext> context = Sinks.one();
    private final PluginHost host = host();

    private PluginHost host() {
        String manifest = "version: 1\nid: wire\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n"
                + "    connections:\n      - {name: c, target: \"" + target + "\", access: [subscribe]}\n"
                + "      - {name: login, target: \"" + target + "\", access: [exchange]}\n";
        return PluginHost.builder()
                .driver(driver)
                .grants(granting("trusted-proxy"))
                .plugin(Manifest.parse("plugin.yaml", manifest), (events, given) -> {
                    context.tryEmitValue(given).orThrow();
                    return events.doOnNext(seen::add).concatMap(ProxyUnderHostTest::answer, 0);
                })
                .build();
    }

    private GrantFile granting(String addresses) {
        return GrantFile.parse(
                "grants.yaml",
                "version: 1\ngrants:\n  - plugin: wire\n    websocket:\n      - {target: \"" + target
                        + "\", access: [subscribe, exchange], addresses: " + addresses + "}\n"
                        + "    reconnect: {policy: manual}\n");
    }

    private static Mono<OutputCommand> answer(IngressEvent event) {
        return event instanceof IngressEvent.ReconnectNeeded needed ? Mono.just(needed.reconnect()) : Mono.empty();
    }

    @AfterEach
    void stop() {
        host.stop(Duration.ofSeconds(5)).block(PATIENCE);
        driver.disposeLater().block(PATIENCE);
        proxy.close();
        server.close();
    }

    private ConnectionStatus connection() {
        return host.status().services().get(0).connections().get(0);
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(5))
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(PATIENCE);
    }

    private void awaitSession(long epoch) {
        await(() -> connection().epoch() == epoch && connection().state() == ConnectionState.OPEN);
    }

    @Test
    @DisplayName("A grant that changes the way cuts the session off, and the next dial goes the other way")
    void theWayIsTheGrants() {
        host.start().block(PATIENCE);
        awaitSession(1);
        assertThat(proxy.asked()).hasSize(1);
        assertThat(names.names()).isEmpty();

        host.grants(granting("loopback")).block(PATIENCE);
        awaitSession(2);
        assertThat(proxy.asked()).as("directly").hasSize(1);
        assertThat(names.names()).containsExactly("localhost");

        host.grants(granting("trusted-proxy")).block(PATIENCE);
        awaitSession(3);
        assertThat(proxy.asked()).hasSize(2);
        assertThat(names.names()).as("the proxy's to resolve").hasSize(1);
        assertThat(seen)
                .filteredOn(event -> event instanceof IngressEvent.Failed)
                .allSatisfy(event -> assertThat(((IngressEvent.Failed) event).message())
                        .isEqualTo("which addresses the target may lead to was changed in the grant"))
                .hasSize(2);
    }

    @Test
    @DisplayName("An exchange goes the same way")
    void anExchange() {
        host.start().block(PATIENCE);
        awaitSession(1);
        ServiceContext given = Objects.requireNonNull(context.asMono().block(PATIENCE));
        PullWebSocket exchange = Objects.requireNonNull(given.exchange("login").block(PATIENCE));

        assertThat(proxy.asked()).hasSize(2);
        assertThat(names.names()).isEmpty();
        exchange.close().block(PATIENCE);
    }
}
