package io.headgate.host.ws.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.PluginHost;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.host.ws.WebSocketOptions;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The proxy where it belongs: between a real host and a real gateway (R11). */
@Timeout(120)
final class FaultProxyUnderHostTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScriptedGateway gateway = ScriptedGateway.start();
    private final FaultProxy proxy = FaultProxy.to("localhost", gateway.port());
    private final ReactorNettyDriver driver =
            ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(1));
    private final Queue<String> texts = new ConcurrentLinkedQueue<>();
    private final PluginHost host = host(Duration.ofSeconds(60));
    private final PluginHost impatient = host(Duration.ofSeconds(1));

    private PluginHost host(Duration upgrade) {
        String uri = proxy.uri().toString();
        String manifest = "version: 1\nid: faults\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n"
                + "    connections:\n      - {name: c, target: \"" + uri + "\", access: [subscribe, send]}\n";
        String grants = "version: 1\ngrants:\n  - plugin: faults\n    websocket:\n      - {target: \"" + uri
                + "\", access: [subscribe, send], addresses: loopback}\n    reconnect: {policy: manual}\n";
        return PluginHost.builder()
                .driver(driver)
                .settings(HostSettings.defaults()
                        .withDial(dial -> dial.withUpgrade(upgrade))
                        .withCloseTimeout(Duration.ofSeconds(1)))
                .grants(GrantFile.parse("grants.yaml", grants))
                .plugin(Manifest.parse("plugin.yaml", manifest), ServicePlugin.perEvent(event -> {
                    if (event instanceof IngressEvent.Text text) {
                        texts.add(text.text());
                        return Mono.just(text.reply("got " + text.text()));
                    }
                    return Mono.empty();
                }))
                .build();
    }

    @AfterEach
    void nothingIsLeft() {
        host.stop(Duration.ofSeconds(1)).block(PATIENCE);
        impatient.stop(Duration.ofSeconds(1)).block(PATIENCE);
        driver.disposeLater().block(PATIENCE);
        proxy.close();
        gateway.close();
        assertThat(proxy.counts().open()).isZero();
    }

    private static ConnectionStatus connection(PluginHost of) {
        return of.status().services().get(0).connections().get(0);
    }

    /** On a thread that may wait for a lock: to ask a host for its status is to take several. */
    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(5), Schedulers.boundedElastic())
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(PATIENCE);
    }

    private void awaitDown(PluginHost of) {
        await(() -> connection(of).state() == ConnectionState.DOWN);
    }

    @Test
    void aHostUnderstandsBytesThatComeOneByOne() {
        gateway.onConnect(script -> script.acceptUpgrade()
                .text("hello")
                .expectText("got hello")
                .send(WireFrame.text("in ").unfinished())
                .send(WireFrame.continuation(Octets.utf8("fragments")))
                .expectText("got in fragments")
                .close(1001, "bye"));
        proxy.onConnect(TcpFault.slice(Way.TO_HOST, 1).and(TcpFault.slice(Way.TO_PEER, 1)));
        host.start().block(PATIENCE);
        awaitDown(host);
        assertThat(texts).containsExactly("hello", "in fragments");
        assertThat(connection(host).lastError()).isEqualTo("closed with 1001 by PEER: bye");
        TcpCounts counts = proxy.awaitOpen(0);
        assertThat(counts.toHost().writes()).isEqualTo(counts.toHost().passed());
        assertThat(counts.toPeer().writes()).isEqualTo(counts.toPeer().passed());
        gateway.assertConsumed();
    }

    @Test
    void aCutAndAResetAreSeenAtOnce() {
        gateway.onConnect(script -> script.acceptUpgrade().text("hello").takeRestSilently());
        host.start().block(PATIENCE);
        await(() -> texts.contains("hello"));
        proxy.now(TcpFault.cut());
        awaitDown(host);
        assertThat(connection(host).lastError()).isEqualTo("closed with 1006 by NOBODY");

        proxy.heal();
        gateway.onConnect(script -> script.acceptUpgrade().text("again").takeRestSilently());
        impatient.start().block(PATIENCE);
        await(() -> texts.contains("again"));
        proxy.now(TcpFault.reset());
        awaitDown(impatient);
        assertThat(connection(impatient).lastError()).startsWith("TRANSPORT: the connection broke");
    }

    @Test
    void aDialThatIsFrozenMeetsItsDeadline() {
        gateway.onConnect(script -> script.acceptUpgrade());
        proxy.onConnect(TcpFault.freeze());
        impatient.start().block(PATIENCE);
        awaitDown(impatient);
        assertThat(connection(impatient).lastError())
                .isEqualTo("TIMEOUT: the peer did not answer the upgrade within PT1S");
        assertThat(proxy.counts().toPeer().read()).isZero();
    }

    @Test
    void whatTheHostSendsIntoNothingIsLostAndNobodyIsTold() {
        gateway.onConnect(
                script -> script.acceptUpgrade().text("hello").text("again").takeRestSilently());
        proxy.onConnect(TcpScript.of(TcpFault.pass()).after(Way.TO_HOST, 1, TcpFault.vanish(Way.TO_PEER)));
        host.start().block(PATIENCE);
        proxy.awaitLost(Way.TO_PEER, 2 * (2 + 4 + "got hello".length()));
        assertThat(texts).containsExactly("hello", "again");
        assertThat(connection(host).state()).isEqualTo(ConnectionState.OPEN);
    }
}
