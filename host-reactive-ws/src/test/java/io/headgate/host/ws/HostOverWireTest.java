package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.StopReport;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The whole host over real sockets, with BlockHound and leak detection on: R1, R3 to R5; invariants 2, 5, 6 and 7. */
final class HostOverWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NettyServer server = new NettyServer(null);
    private final ReactorNettyDriver driver = ReactorNettyDriver.create();
    private final AtomicLong texts = new AtomicLong();
    private final AtomicLong missing = new AtomicLong();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final PluginHost host = host((events, context) -> events.doOnNext(this::count)
            .concatMap(
                    event -> event instanceof IngressEvent.Text text
                                    && text.text().startsWith("?")
                            ? Mono.just(text.reply("!" + text.text()))
                            : Mono.empty(),
                    0));

    private PluginHost host(ServicePlugin plugin) {
        String target = server.target(Answer.ACCEPT).toUri().toString();
        String manifest = "version: 1\nid: wire\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n"
                + "    connections:\n      - {name: c, target: \"" + target + "\", access: [subscribe, send]}\n";
        String grants = "version: 1\ngrants:\n  - plugin: wire\n    websocket:\n      - {target: \""
                + target.replaceAll("\\?.*", "") + "\", access: [subscribe, send], addresses: loopback}\n"
                + "    limits: {queue-events: 64}\n    reconnect: {policy: backoff, first: 1ms}\n";
        return PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", grants))
                .plugin(Manifest.parse("plugin.yaml", manifest), plugin)
                .build();
    }

    private void count(IngressEvent event) {
        threads.add(Thread.currentThread().getName());
        if (event instanceof IngressEvent.Text) {
            texts.incrementAndGet();
        } else if (event instanceof IngressEvent.Gap gap) {
            missing.addAndGet(gap.count());
        }
    }

    private ConnectionStatus connection() {
        return host.status().services().get(0).connections().get(0);
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(5))
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(PATIENCE);
    }

    private NettyPeer started() {
        host.start().block(PATIENCE);
        return server.peer().block(PATIENCE);
    }

    @AfterEach
    void nothingIsLeft() {
        StopReport report = host.stop(Duration.ofSeconds(5)).block(PATIENCE);
        driver.disposeLater().block(PATIENCE);
        server.close();
        assertThat(report).isEqualTo(StopReport.CLEAN);
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("headgate-")));
        assertThat(host.status().services().get(0).events().conserved()).isTrue();
        assertThat(host.status().services().get(0).commands().conserved()).isTrue();
        assertThat(host.status().services().get(0).commands().inFlight()).isZero();
    }

    @Test
    @DisplayName("invariant 2: a flood against a queue of 64 is delivered or told as missing, to the last text")
    void a_flood_is_delivered_or_told_as_missing() {
        NettyPeer peer = started();
        int flood = 20_000;
        for (int i = 0; i < flood; i++) {
            peer.text("text " + i);
        }
        await(() -> texts.get() + missing.get() == flood);

        assertThat(connection().events().received().events()).isEqualTo(flood);
        assertThat(connection().events().delivered().events()).isEqualTo(texts.get());
        assertThat(connection().events().dropped().events()).isEqualTo(missing.get());
        assertThat(connection().state()).isEqualTo(ConnectionState.OPEN);
    }

    @Test
    @DisplayName("invariant 5: replies leave in the order of their questions")
    void replies_leave_in_order() {
        NettyPeer peer = started();
        Flux<String> answers = peer.received()
                .map(frame -> ((io.headgate.host.transport.Frame.Text) frame).text())
                .take(50);
        for (int i = 0; i < 50; i++) {
            peer.text("?" + i);
        }
        assertThat(answers.collectList().block(PATIENCE))
                .isEqualTo(Flux.range(0, 50).map(i -> "!?" + i).collectList().block());
        await(() -> connection().commands().sent() == 50);
    }

    @Test
    @DisplayName("Pitfall 21: plugin code runs on its service's worker, and on no event loop")
    void plugin_code_runs_on_its_own_worker() {
        NettyPeer peer = started();
        peer.text("?").text("and");
        await(() -> texts.get() == 2 && connection().commands().sent() == 1);
        peer.reset();
        await(() -> connection().epoch() == 2);

        assertThat(threads).containsExactly("headgate-wire/s");
    }

    @Test
    @DisplayName("R4: a reset connection is dialled again")
    void a_reset_connection_comes_back() {
        NettyPeer first = started();
        first.text("one");
        await(() -> texts.get() == 1);
        first.reset();
        await(() -> connection().epoch() == 2);

        assertThat(connection().attempts()).isEqualTo(2);
        assertThat(connection().lastError()).isNotEmpty();
    }
}
