package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ingress.Tally;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.transport.Frame;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** R3, R6: a peer that is faster than the plugin, over real sockets; the plugin takes nothing until it is let go. */
final class SlowPluginTest {

    private static final int TEXTS = 20_000;
    private static final int BYTES = 1024;
    private static final int SHORTEST = BYTES - 8;
    /** The largest buffer that Netty reads a socket into at a time. */
    private static final int SOCKET_READ = 64 * 1024;

    private final Sinks.Empty<Void> letGo = Sinks.empty();
    private final AtomicLong taken = new AtomicLong();
    private @Nullable OneConnection opened;

    private NettyPeer started(String limits) {
        OneConnection connection = new OneConnection(this::handle, "limits: {" + limits + "}");
        opened = connection;
        return connection.peer();
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
        OneConnection.await(() -> taken.get() == 1);
        for (int n = 1; n < TEXTS; n++) {
            peer.text(n + " " + padding);
        }
    }

    private ConnectionStatus connection() {
        return Objects.requireNonNull(opened).status();
    }

    @AfterEach
    void stop() {
        letGo.tryEmitEmpty();
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    @DisplayName("Pitfall 1: a ping is answered while the plugin takes nothing and its queue is full")
    void aPingIsAnswered() {
        NettyPeer peer = started("queue-events: 4");
        flood(peer);
        peer.ping();

        assertThat(peer.received().blockFirst(OneConnection.PATIENCE)).isEqualTo(new Frame.Pong(0));
        assertThat(connection().events().queued().events()).isEqualTo(4);
    }

    @Test
    @DisplayName("with overflow: hold TCP holds the peer back, one socket read is unread at most, and nothing is lost")
    void aHeldPeerLosesNothing() {
        NettyPeer peer = started("queue-events: 4, message-bytes: 1KiB, overflow: hold");
        flood(peer);
        OneConnection.await(() -> connection().hold().held().sinceMillis() > 0
                && connection().hold().unread().frames() > 0
                && !peer.isWritable());
        assertThat(connection().hold().unread().bytes()).isBetween((long) SHORTEST, (long) SOCKET_READ + BYTES);
        assertThat(connection().events().queued().events()).isEqualTo(4);
        letGo.tryEmitEmpty().orThrow();
        OneConnection.await(() -> taken.get() == TEXTS);

        assertThat(connection().events().dropped()).isEqualTo(Tally.ZERO);
        assertThat(connection().events().received().events()).isEqualTo(TEXTS);
        assertThat(connection().hold().held().times()).isPositive();
    }

    @Test
    @DisplayName("a peer that was held for too long is closed with 1008, though it was not read")
    void aPeerHeldForTooLong() {
        NettyPeer peer = started("queue-events: 4, message-bytes: 1KiB, overflow: hold, hold: {longest: 200ms}");
        flood(peer);

        assertThat(peer.received().blockFirst(OneConnection.PATIENCE))
                .isEqualTo(new Frame.Close(1008, "held too long", Initiator.HOST));
        OneConnection.await(() -> connection().lastError().equals("closed with 1008 by HOST: held too long"));
        assertThat(connection().events().conserved()).isTrue();
    }
}
