package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.ingress.Tally;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.transport.Frame;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** R6, R10: {@code overflow: hold} and liveness together, over real sockets: what a hold delays, and what the peer sees of it. */
@Timeout(180)
final class HeldPeerTest {

    private static final int TEXTS = 20_000;
    private static final String PADDING = "x".repeat(1016);
    /** So many intervals are more than twice the timeout. */
    private static final int PINGS = 20;

    private final Sinks.Empty<Void> letGo = Sinks.empty();
    private final AtomicLong taken = new AtomicLong();
    private final Queue<Frame> atThePeer = new ConcurrentLinkedQueue<>();
    private Disposable noting = Disposables.disposed();
    private @Nullable OneConnection opened;

    @AfterEach
    void stop() {
        letGo.tryEmitEmpty();
        if (opened != null) {
            opened.close();
        }
        noting.dispose();
    }

    @Test
    @DisplayName(
            "A hold delays the answers to the peer's pings by as long as it lasts, loses nothing, and is no death, however long")
    void aHoldIsNoDeath() {
        NettyPeer peer = held();
        long asked = System.nanoTime();
        peer.ping();
        pingedOn();

        assertThat(connection().state()).isEqualTo(ConnectionState.OPEN);
        assertThat(atThePeer).as("the peer's ping waits").doesNotContain(new Frame.Pong(0));
        long heldFor = System.nanoTime() - asked;
        letGo.tryEmitEmpty().orThrow();
        OneConnection.await(() -> atThePeer.contains(new Frame.Pong(0)));
        long answeredAfter = System.nanoTime() - asked;

        OneConnection.await(() -> taken.get() == TEXTS && connection().pings().answered() > 0);
        assertThat(connection().state()).isEqualTo(ConnectionState.OPEN);
        assertThat(connection().events().dropped()).isEqualTo(Tally.ZERO);
        System.out.printf(
                "hold: held on for %d ms, answered after %d ms; pings of the host meanwhile: %d%n",
                heldFor / 1_000_000,
                answeredAfter / 1_000_000,
                atThePeer.stream().filter(Frame.Ping.class::isInstance).count());
    }

    @Test
    @DisplayName("A Close that comes during a hold is told when what stands before it was taken, and not before")
    void aCloseWaitsBehindWhatIsHeld() {
        NettyPeer peer = held().close(4001, "bye");
        pingedOn();
        assertThat(connection().lastError()).isEmpty();
        assertThat(connection().state()).isEqualTo(ConnectionState.OPEN);

        letGo.tryEmitEmpty().orThrow();

        OneConnection.await(() -> connection().lastError().equals("closed with 4001 by PEER: bye"));
        OneConnection.await(() -> taken.get() == TEXTS);
        peer.end();
    }

    /** A session whose plugin has one text in hand, whose queue is full, and whose peer cannot send any more. */
    private NettyPeer held() {
        NettyPeer peer = started();
        noting = peer.received().subscribe(atThePeer::add);
        peer.text("0 " + PADDING);
        OneConnection.await(() -> taken.get() == 1);
        for (int n = 1; n < TEXTS; n++) {
            peer.text(n + " " + PADDING);
        }
        OneConnection.await(() -> connection().hold().held().sinceMillis() > 0
                && connection().hold().unread().frames() > 0
                && !peer.isWritable());
        return peer;
    }

    /** Longer than a ping may wait for its answer. */
    private void pingedOn() {
        long before = atThePeer.stream().filter(Frame.Ping.class::isInstance).count();
        OneConnection.await(
                () -> atThePeer.stream().filter(Frame.Ping.class::isInstance).count() >= before + PINGS);
    }

    private NettyPeer started() {
        OneConnection connection = new OneConnection(
                this::handle,
                "limits: {queue-events: 4, message-bytes: 1KiB, overflow: hold, hold: {longest: 1h}}",
                "liveness: {ping-interval: 250ms, pong-timeout: 2s, no-bytes: 2s}");
        opened = connection;
        return connection.peer();
    }

    private Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        return events.ofType(IngressEvent.Text.class)
                .doOnNext(text -> taken.incrementAndGet())
                .concatMap(text -> letGo.asMono().then(Mono.<OutputCommand>empty()), 0);
    }

    private ConnectionStatus connection() {
        return Objects.requireNonNull(opened).status();
    }
}
