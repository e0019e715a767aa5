package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.pipeline.EventNumbers;
import io.headgate.host.pipeline.FrameListener;
import io.headgate.host.pipeline.FramePipeline;
import io.headgate.host.pipeline.SessionOrigin;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Operators composed alone: demand reaches the peer by TCP, and nothing is lost on the way. */
final class DemandTest {

    private static final int MESSAGES = 1_000;
    private static final int BYTES = 16 * 1024;
    /** The largest buffer that Netty reads a socket into at a time. */
    private static final int SOCKET_READ = 64 * 1024;

    private final NettyServer server = new NettyServer(null);
    private final ReactorNettyDriver driver =
            ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(1));
    private final Sinks.One<Session> opened = Sinks.one();
    private final AtomicLong most = new AtomicLong();

    @AfterEach
    void stop() {
        driver.disposeLater().block(Recording.LIMIT);
        server.close();
    }

    /** Asks for one event, and for the next one a while later. */
    private Flux<Long> slowly(Session session) {
        FramePipeline pipeline = new FramePipeline(
                new SessionOrigin("feed", 1, ""), new EventNumbers(), Schedulers.parallel(), FrameListener.NONE);
        return session.frames()
                .transform(pipeline)
                .concatMap(
                        event -> Mono.delay(Duration.ofNanos(1))
                                .doOnNext(waited ->
                                        most.accumulateAndGet(session.unread().bytes(), Math::max))
                                .thenReturn(event),
                        0)
                .map(IngressEvent::sequence);
    }

    @Test
    @DisplayName("A reader that asks for one at a time holds back the peer, and leaves one socket read unread at most")
    void demandReachesThePeer() {
        Disposable life = driver.connect(
                        Recording.spec(server.target(Answer.ACCEPT), "plugin/service", BYTES), session -> {
                            opened.tryEmitValue(session).orThrow();
                            return Mono.never();
                        })
                .subscribe();
        NettyPeer peer = Objects.requireNonNull(server.peer().block(Recording.LIMIT));
        Session session = Objects.requireNonNull(opened.asMono().block(Recording.LIMIT));
        String text = "x".repeat(BYTES);
        for (int n = 0; n < MESSAGES; n++) {
            peer.text(text);
        }

        StepVerifier.create(slowly(session)
                        .doOnNext(sequence -> assertThat(sequence != 100 || !peer.isWritable())
                                .as("the peer is held back")
                                .isTrue())
                        .take(1 + MESSAGES)
                        .collectList())
                .expectNext(LongStream.rangeClosed(1, 1 + MESSAGES).boxed().toList())
                .expectComplete()
                .verify(Recording.LIMIT);
        assertThat(most).hasPositiveValue().hasValueLessThanOrEqualTo(SOCKET_READ + BYTES);
        life.dispose();
    }
}
