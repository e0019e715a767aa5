package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.exchange.ExchangeCounts;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.StopReport;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.PullException;
import io.headgate.plugin.PullWebSocket;
import io.headgate.plugin.PulledText;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** R9 over real sockets, with BlockHound and leak detection on. */
final class ExchangeOverWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NettyServer server = new NettyServer(null);
    private final ReactorNettyDriver driver = ReactorNettyDriver.create();
    private final Sinks.One<ServiceContext> context = Sinks.one();
    private final Sinks.One<String> ticket = Sinks.one();
    private PluginHost host = host((events, given) -> {
        context.tryEmitValue(given);
        return events.thenMany(Flux.empty());
    });

    private PluginHost host(ServicePlugin plugin) {
        String target = server.target(Answer.ACCEPT).toUri().toString();
        String manifest = "version: 1\nid: wire\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n"
                + "    connections:\n      - {name: login, target: \"" + target + "\", access: [exchange]}\n";
        String grants = "version: 1\ngrants:\n  - plugin: wire\n    websocket:\n      - {target: \""
                + target.replaceAll("\\?.*", "") + "\", access: [exchange], addresses: loopback}\n";
        return PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", grants))
                .plugin(Manifest.parse("plugin.yaml", manifest), plugin)
                .build();
    }

    private PullWebSocket opened() {
        host.start().block(PATIENCE);
        ServiceContext given = Objects.requireNonNull(context.asMono().block(PATIENCE));
        return Objects.requireNonNull(given.exchange("login").block(PATIENCE));
    }

    private NettyPeer peer() {
        return Objects.requireNonNull(server.peer().block(PATIENCE));
    }

    private ExchangeCounts counts() {
        return host.status().services().get(0).exchanges();
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(5))
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(PATIENCE);
    }

    @AfterEach
    void nothingIsLeft() {
        StopReport report = host.stop(Duration.ofSeconds(5)).block(PATIENCE);
        ExchangeCounts counts = counts();
        driver.disposeLater().block(PATIENCE);
        server.close();
        assertThat(report).isEqualTo(StopReport.CLEAN);
        assertThat(counts.conserved()).isTrue();
        assertThat(counts.open()).isZero();
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("headgate-")));
    }

    @Test
    void a_ticket_is_asked_for_and_pulled() {
        PullWebSocket exchange = opened();
        exchange.sendText("who am I?").block(PATIENCE);
        Frame asked = peer().received().blockFirst(PATIENCE);
        peer().text("Frühling");
        PulledText answer = Objects.requireNonNull(exchange.recv(PATIENCE).block(PATIENCE));
        String thread = exchange.recv(Duration.ZERO)
                .then(Mono.fromCallable(() -> Thread.currentThread().getName()))
                .block(PATIENCE);
        exchange.close().block(PATIENCE);

        assertThat(asked).isEqualTo(new Frame.Text("who am I?", 9));
        assertThat(answer.text()).isEqualTo("Frühling");
        assertThat(answer.bytes()).isEqualTo(9);
        assertThat(thread).startsWith("headgate-wire/s-exchange");
        assertThat(codes()).containsExactly(1000);
        await(() -> counts().closed() == 1);
    }

    private Iterable<Integer> codes() {
        return peer().received()
                .ofType(Frame.Close.class)
                .map(Frame.Close::code)
                .toIterable();
    }

    @Test
    @DisplayName("R9: a worker that blocks for an answer holds up neither the loop nor the answer")
    void a_worker_may_block_for_the_answer() {
        host = host((events, given) -> {
            ticket.tryEmitValue(String.valueOf(given.exchange("login")
                    .flatMap(exchange -> exchange.recv(PATIENCE)
                            .flatMap(first -> exchange.recv(PATIENCE).map(second -> first.text() + second.text()))
                            .flatMap(text -> exchange.close().thenReturn(text)))
                    .block(PATIENCE)));
            return events.thenMany(Flux.empty());
        });
        host.start().block(PATIENCE);
        peer().text("a").text("b");

        assertThat(ticket.asMono().block(PATIENCE)).isEqualTo("ab");
    }

    @Test
    @DisplayName("pitfall 1: a ping is answered while nobody pulls")
    void a_ping_is_answered_while_nobody_pulls() {
        opened();
        peer().ping();

        assertThat(peer().received().blockFirst(PATIENCE)).isEqualTo(new Frame.Pong(0));
    }

    @Test
    void a_peer_that_floods_is_closed_with_1008_and_its_first_texts_are_given() {
        PullWebSocket exchange = opened();
        for (int n = 0; n < 5_000; n++) {
            peer().text("text " + n);
        }
        assertThat(codes()).containsExactly(1008);
        await(() -> counts().failed() == 1);

        for (int n = 0; n < 64; n++) {
            assertThat(Objects.requireNonNull(exchange.recv(PATIENCE).block(PATIENCE))
                            .text())
                    .isEqualTo("text " + n);
        }
        assertThatThrownBy(() -> exchange.recv(PATIENCE).block(PATIENCE))
                .isInstanceOfSatisfying(
                        PullException.class,
                        error -> assertThat(error.closeCode()).isEqualTo(1008));
    }

    @Test
    void a_stop_closes_it_with_1001() {
        PullWebSocket exchange = opened();
        host.stop(Duration.ofSeconds(5)).block(PATIENCE);

        assertThat(codes()).containsExactly(1001);
        assertThatThrownBy(() -> exchange.recv(PATIENCE).block(PATIENCE)).isInstanceOf(PullException.class);
        assertThatThrownBy(() -> exchange.sendText("late").block(PATIENCE)).isInstanceOf(PullException.class);
    }

    @Test
    void a_reset_is_told() {
        PullWebSocket exchange = opened();
        peer().reset();

        assertThatThrownBy(() -> exchange.recv(PATIENCE).block(PATIENCE))
                .isInstanceOfSatisfying(
                        PullException.class,
                        error -> assertThat(error.reason()).isEqualTo(PullException.Reason.FAILED));
        await(() -> counts().failed() == 1);
    }
}
