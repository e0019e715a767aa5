package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.ingress.Tally;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** R3, R6: a peer that is faster than the plugin, over real sockets; the plugin takes nothing until it is let go. */
final class SlowPluginTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TEXTS = 20_000;
    private static final int BYTES = 1024;
    private static final int SHORTEST = BYTES - 8;
    /** The largest buffer that Netty reads a socket into at a time. */
    private static final int SOCKET_READ = 64 * 1024;

    private final NettyServer server = new NettyServer(null);
    private final ReactorNettyDriver driver = ReactorNettyDriver.create();
    private final Sinks.Empty<Void> letGo = Sinks.empty();
    private final AtomicLong taken = new AtomicLong();
    private @Nullable PluginHost host;

    private NettyPeer started(String limits) {
        String target = server.target(Answer.ACCEPT).toUri().toString();
        String manifest = "version: 1\nid: slow\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n"
                + "    connections:\n      - {name: c, target: \"" + target + "\", access: [subscribe]}\n";
        String grants = "version: 1\ngrants:\n  - plugin: slow\n    websocket:\n      - {target: \""
                + target.replaceAll("\\?.*", "") + "\", access: [subscribe], addresses: loopback}\n    limits: {"
                + limits + "}\n";
        PluginHost made = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", grants))
                .plugin(Manifest.parse("plugin.yaml", manifest), this::handle)
                .build();
        host = made;
        made.start().block(PATIENCE);
        return server.peer().block(PATIENCE);
    }

    private Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        return events.ofType(IngressEvent.Text.class)
                .doOnNext(text -> assertThat(text.text()).startsWith(taken.getAndIncrement() + " "))
                .concatMap(text -> letGo.asMono().then(Mono.<OutputCommand>empty()), 0);
    }

    /** Goes on once the plugin has its one text: what fills the queue from then on stays there. */
    private void flood(NettyPeer peer) {
        String padding = "x".repeat(SHORTEST);
        peer.text("0 " + padding);
        await(() -> taken.get() == 1);
        for (int n = 1; n < TEXTS; n++) {
            peer.text(n + " " + padding);
        }
    }

    private ConnectionStatus connection() {
        PluginHost running = host;
        assertThat(running).isNotNull();
        return running.status().services().get(0).connections().get(0);
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(5))
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(PATIENCE);
    }

    @AfterEach
    void stop() {
        letGo.tryEmitEmpty();
        PluginHost running = host;
        assertThat(running).isNotNull();
        running.stop(Duration.ofSeconds(5)).block(PATIENCE);
        driver.disposeLater().block(PATIENCE);
        server.close();
    }

    @Test
    @DisplayName("Pitfall 1: a ping is answered while the plugin takes nothing and its queue is full")
    void aPingIsAnswered() {
        NettyPeer peer = started("queue-events: 4");
        flood(peer);
        peer.ping();

        assertThat(peer.received().blockFirst(PATIENCE)).isEqualTo(new Frame.Pong(0));
        assertThat(connection().events().queued().events()).isEqualTo(4);
    }

    @Test
    @DisplayName("with overflow: hold TCP holds the peer back, one socket read is unread at most, and nothing is lost")
    void aHeldPeerLosesNothing() {
        NettyPeer peer = started("queue-events: 4, message-bytes: 1KiB, overflow: hold");
        flood(peer);
        await(() -> connection().hold().held().sinceMillis() > 0
                && connection().hold().unread().frames() > 0
                && !peer.isWritable());
        assertThat(connection().hold().unread().bytes()).isBetween((long) SHORTEST, (long) SOCKET_READ + BYTES);
        assertThat(connection().events().queued().events()).isEqualTo(4);
        letGo.tryEmitEmpty().orThrow();
        await(() -> taken.get() == TEXTS);

        assertThat(connection().events().dropped()).isEqualTo(Tally.ZERO);
        assertThat(connection().events().received().events()).isEqualTo(TEXTS);
        assertThat(connection().hold().held().times()).isPositive();
    }

    @Test
    @DisplayName("a peer that was held for too long is closed with 1008, though it was not read")
    void aPeerHeldForTooLong() {
        NettyPeer peer = started("queue-events: 4, message-bytes: 1KiB, overflow: hold, hold: {longest: 200ms}");
        flood(peer);

        assertThat(peer.received().blockFirst(PATIENCE))
                .isEqualTo(new Frame.Close(1008, "held too long", Initiator.HOST));
        await(() -> connection().lastError().equals("closed with 1008 by HOST: held too long"));
        assertThat(connection().events().conserved()).isTrue();
    }
}
