package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A real host with one connection that subscribes to a server, and does not come back by itself. */
final class OneConnection implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NettyServer server = new NettyServer(null);
    private final ReactorNettyDriver driver = ReactorNettyDriver.create();
    private final PluginHost host;
    private final NettyPeer peer;

    /**
     * Opens it.
     *
     * @param grant further keys of the grant, a line each
     */
    OneConnection(ServicePlugin plugin, String... grant) {
        String target = server.target(Answer.ACCEPT).toUri().toString();
        String manifest = "version: 1\nid: one\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n"
                + "    connections:\n      - {name: c, target: \"" + target + "\", access: [subscribe]}\n";
        String grants = "version: 1\ngrants:\n  - plugin: one\n    websocket:\n      - {target: \""
                + target.replaceAll("\\?.*", "") + "\", access: [subscribe], addresses: loopback}\n"
                + "    reconnect: {policy: manual}\n    " + String.join("\n    ", grant) + "\n";
        this.host = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", grants))
                .plugin(Manifest.parse("plugin.yaml", manifest), plugin)
                .build();
        host.start().block(PATIENCE);
        this.peer = Objects.requireNonNull(server.peer().block(PATIENCE));
    }

    NettyPeer peer() {
        return peer;
    }

    ConnectionStatus status() {
        return host.status().services().get(0).connections().get(0);
    }

    void awaitError(String text) {
        await(() -> status().lastError().equals(text));
    }

    static void await(BooleanSupplier condition) {
        Boolean met = Flux.interval(Duration.ofMillis(5), Schedulers.boundedElastic())
                .onBackpressureDrop()
                .map(tick -> condition.getAsBoolean())
                .filter(holds -> holds)
                .blockFirst(PATIENCE);
        assertThat(met).isTrue();
    }

    @Override
    public void close() {
        host.stop(Duration.ofSeconds(5)).block(PATIENCE);
        driver.disposeLater().block(PATIENCE);
        server.close();
    }
}
