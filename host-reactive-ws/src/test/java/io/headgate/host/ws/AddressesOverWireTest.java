package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.PullException;
import io.headgate.plugin.ServiceContext;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** R2, pitfall 4: under a real host, a name that leads where its grant does not. */
final class AddressesOverWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NAME = "gateway.test";

    private final NettyServer server = new NettyServer(null);
    private final int port = server.target(Answer.ACCEPT).port();
    private final SlowNames names = new SlowNames();
    private final ReactorNettyDriver driver = ReactorNettyDriver.create(
            WebSocketOptions.defaults().withEventLoops(1), Schedulers.parallel(), (unused, loops) -> names.resolver());
    private final List<IngressEvent> seen = new CopyOnWriteArrayList<>();
    private final Sinks.One<ServiceContext> context = Sinks.one();
    private final PluginHost host = host();

    private PluginHost host() {
        String target = "ws://" + NAME + ":" + port + "/" + Answer.ACCEPT;
        String manifest = "version: 1\nid: wire\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n"
                + "    connections:\n      - {name: c, target: \"" + target + "\", access: [subscribe]}\n"
                + "      - {name: login, target: \"" + target + "\", access: [exchange]}\n";
        String grants = "version: 1\ngrants:\n  - plugin: wire\n    websocket:\n      - {target: \"" + target
                + "\", access: [subscribe, exchange], addresses: 127.0.0.1/32}\n"
                + "    reconnect: {policy: manual}\n";
        return PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", grants))
                .plugin(Manifest.parse("plugin.yaml", manifest), (events, given) -> {
                    context.tryEmitValue(given).orThrow();
                    return events.doOnNext(seen::add).concatMap(AddressesOverWireTest::answer, 0);
                })
                .build();
    }

    /** Asks for a dial after each session; after a dial that failed it leaves it at that. */
    private static Mono<OutputCommand> answer(IngressEvent event) {
        return event instanceof IngressEvent.ReconnectNeeded needed
                        && needed.why().startsWith("closed")
                ? Mono.just(needed.reconnect())
                : Mono.empty();
    }

    @AfterEach
    void stop() {
        host.stop(Duration.ofSeconds(5)).block(PATIENCE);
        driver.disposeLater().block(PATIENCE);
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

    private List<String> refusals(String connection) {
        return host.history().stream()
                .filter(said -> said instanceof Diagnostic.DialRefused)
                .filter(said -> said.connection().equals(connection))
                .map(Diagnostic::message)
                .toList();
    }

    @Test
    @DisplayName(
            "Each reconnect asks anew: a name that was rebound is refused, told to the operator, and nothing is dialled")
    void aReconnect() throws UnknownHostException {
        names.answering(NAME, "127.0.0.1").answering(NAME, "127.0.0.1").answering(NAME, "127.0.0.2", "127.0.0.1");
        try (Trap trap = Trap.beside(port)) {
            host.start().block(PATIENCE);
            NettyPeer first = server.peer().block(PATIENCE);
            server.target(Answer.ACCEPT); // from now on the next peer is waited for
            first.close(4000, "again");
            await(() -> connection().epoch() == 2);
            server.peer().block(PATIENCE).close(4001, "and again");
            // In this order: the state is DOWN between two dials as well.
            await(() -> !refusals("c").isEmpty() && connection().state() == ConnectionState.DOWN);

            trap.expectNobody();
        }
        assertThat(names.questions()).isEqualTo(3);
        assertThat(server.requests()).isEqualTo(2);
        assertThat(connection().lastError())
                .isEqualTo("CONNECT: 1 of the target's 2 addresses may not be dialled: none was");
        assertThat(refusals("c"))
                .containsExactly("a dial was refused by address-not-granted: 1 of the 2 addresses of ws://" + NAME + ":"
                        + port + "/ACCEPT may not be dialled (127.0.0.2), so none was; if it is meant to lead there,"
                        + " add loopback to the `addresses` of ws://" + NAME + ":" + port
                        + "/ACCEPT in the grant of wire");
        await(() -> seen.stream()
                .anyMatch(event -> event instanceof IngressEvent.Failed failed
                        && failed.message().contains("may not be dialled")));
        assertThat(seen.toString()).doesNotContain("127.0.0");
    }

    @Test
    @DisplayName("An exchange's dial is held to the same")
    void anExchange() throws UnknownHostException {
        names.answering(NAME, "127.0.0.1").answering(NAME, "127.0.0.2");
        host.start().block(PATIENCE);
        server.peer().block(PATIENCE);
        ServiceContext given = context.asMono().block(PATIENCE);
        assertThat(given).isNotNull();

        StepVerifier.create(given.exchange("login"))
                .expectErrorSatisfies(error -> assertThat(error)
                        .hasMessageContaining("1 of the target's 1 addresses may not be dialled: none was")
                        .hasMessageNotContaining("127.0.0")
                        .isInstanceOfSatisfying(
                                PullException.class,
                                refusal -> assertThat(refusal.reason()).isEqualTo(PullException.Reason.DIAL_FAILED)))
                .verify(PATIENCE);
        assertThat(server.requests()).isEqualTo(1);
        assertThat(refusals("login")).hasSize(1);
    }
}
