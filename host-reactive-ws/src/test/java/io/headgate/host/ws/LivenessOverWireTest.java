package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** R6: who is there and who is not, over real sockets. What it takes in time is told in virtual time by {@code LivenessTest}. */
@Timeout(120)
final class LivenessOverWireTest {

    private static final int FIN_AND_TEXT = 0x81;

    private final Queue<IngressEvent> seen = new ConcurrentLinkedQueue<>();
    private @Nullable OneConnection opened;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    @DisplayName("A peer that answers is pinged again and again, each ping with its number, and stays")
    void answering() {
        OneConnection connection = open("{ping-interval: 20ms, pong-timeout: 1m}");

        OneConnection.await(() -> connection.status().pings().answered() >= 5);

        assertThat(connection.status().state()).isEqualTo(ConnectionState.OPEN);
        assertThat(connection.status().pings().roundTripMicros()).isPositive();
        assertThat(connection.peer().received().take(5).collectList().block(OneConnection.PATIENCE))
                .containsOnly(new Frame.Ping(Long.BYTES));
    }

    @Test
    @DisplayName("A peer that has stopped reading is cut off, though it goes on sending")
    void stalled() {
        OneConnection connection = open("{ping-interval: 100ms, pong-timeout: 500ms}");
        NettyPeer peer = connection.peer().reading(false);

        OneConnection.await(() -> {
            peer.text("still talking");
            return connection.status().lastError().equals("TIMEOUT: the peer did not answer a ping within PT0.5S");
        });

        OneConnection.await(() -> connection.status().state() == ConnectionState.DOWN);
        OneConnection.await(() -> seen.stream().anyMatch(IngressEvent.Text.class::isInstance));
    }

    @Test
    @DisplayName("A peer that has begun a frame and does not end it is cut off")
    void unfinished() {
        OneConnection connection = open("{ping-interval: never, no-bytes: 300ms}");
        connection.peer().raw(FIN_AND_TEXT);

        connection.awaitError("TIMEOUT: the peer sent nothing for PT0.3S");
    }

    @Test
    @DisplayName("A part of a frame is a read, though no frame comes of it")
    void aPartOfAFrameIsRead() {
        NettyServer server = new NettyServer(null);
        ReactorNettyDriver driver = ReactorNettyDriver.create();
        Sinks.One<Session> session = Sinks.one();
        AtomicLong frames = new AtomicLong();
        Disposable life = driver.connect(Recording.spec(server.target(Answer.ACCEPT), "plugin/service", 1024), open -> {
                    session.tryEmitValue(open).orThrow();
                    return open.frames()
                            .doOnNext(frame -> frames.incrementAndGet())
                            .then();
                })
                .subscribe();
        NettyPeer peer = Objects.requireNonNull(server.peer().block(Recording.LIMIT));
        Session open = Objects.requireNonNull(session.asMono().block(Recording.LIMIT));
        long before = reads(open);

        peer.raw(FIN_AND_TEXT);

        OneConnection.await(() -> reads(open) > before);
        assertThat(frames).hasValue(0);
        life.dispose();
        driver.disposeLater().block(Recording.LIMIT);
        server.close();
    }

    private static long reads(Session session) {
        Sinks.One<Long> read = Sinks.one();
        session.wire().execute(() -> read.tryEmitValue(session.reads()).orThrow());
        return Objects.requireNonNull(read.asMono().block(Recording.LIMIT));
    }

    @Test
    @DisplayName("A peer that only answers pings is closed where messages are expected")
    void silent() {
        OneConnection connection = open("{ping-interval: 50ms, pong-timeout: 1m, no-data: 500ms}");

        assertThat(connection.peer().received().ofType(Frame.Close.class).blockFirst(OneConnection.PATIENCE))
                .isEqualTo(new Frame.Close(1008, "no message for PT0.5S", Initiator.HOST));
        connection.awaitError("closed with 1008 by HOST: no message for PT0.5S");
        assertThat(connection.status().pings().answered()).isPositive();
    }

    private OneConnection open(String liveness) {
        OneConnection connection = new OneConnection(
                (events, context) -> events.doOnNext(seen::add).thenMany(Flux.<OutputCommand>empty()),
                "liveness: " + liveness);
        opened = connection;
        return connection;
    }
}
