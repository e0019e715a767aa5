package io.headgate.host.ws;

import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Wire;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.Initiator;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The end of a session as RFC 6455, 7.1.1, has it: both Close frames, then the server ends TCP, or the deadline does. */
final class CloseTest {

    private static final Duration A_WHILE = Duration.ofMillis(100);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final NettyServer server = new NettyServer(null);
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ReactorNettyDriver driver =
            ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(1), time);
    private Recording recording;
    private NettyPeer peer;

    @BeforeEach
    void open() {
        recording = Recording.of(driver, Recording.spec(server.target(Answer.ACCEPT), "plugin/service"));
        peer = Objects.requireNonNull(server.peer().block(Recording.LIMIT));
    }

    @AfterEach
    void stop() {
        driver.disposeLater().block(Recording.LIMIT);
        server.close();
    }

    private void hostCloses() {
        Wire wire = recording.session().wire();
        wire.execute(() -> wire.close(4000, "done"));
    }

    @Test
    @DisplayName("A Close of the peer is answered, and TCP is left for the peer to end")
    void thePeerEndsTcpAfterItsClose() {
        peer.close(1000, "bye");

        StepVerifier.create(peer.received())
                .expectNext(new Frame.Close(1000, "bye", Initiator.HOST))
                .expectNoEvent(A_WHILE)
                .then(() -> peer.end())
                .expectComplete()
                .verify(Recording.LIMIT);
        StepVerifier.create(recording.frames())
                .expectNext(new Frame.Close(1000, "bye", Initiator.PEER))
                .expectComplete()
                .verify(Recording.LIMIT);
    }

    @Test
    @DisplayName("A Close of the host is over with the peer's, and TCP is left for the peer to end")
    void thePeerEndsTcpAfterTheHostsClose() {
        hostCloses();

        StepVerifier.create(recording.frames())
                .expectNext(new Frame.Close(4000, "done", Initiator.HOST))
                .expectNoEvent(A_WHILE)
                .then(() -> peer.end())
                .expectComplete()
                .verify(Recording.LIMIT);
    }

    @Test
    @DisplayName("A peer that leaves TCP open after both Closes meets the deadline")
    void aPeerThatLeavesTcpOpen() {
        hostCloses();

        StepVerifier.create(recording.frames())
                .expectNextCount(1)
                .then(() -> time.advanceTimeBy(CLOSE_TIMEOUT))
                .expectComplete()
                .verify(Recording.LIMIT);
        StepVerifier.create(peer.received()).expectNextCount(1).expectComplete().verify(Recording.LIMIT);
    }

    @Test
    @DisplayName("Pitfall 8: what follows the peer's Close, be it a text or a second Close, is no part of the session")
    void whatFollowsAClose() {
        peer.close(1000, "first").text("late").close(1001, "second").ping().end();

        StepVerifier.create(recording.frames())
                .expectNext(new Frame.Close(1000, "first", Initiator.PEER))
                .expectComplete()
                .verify(Recording.LIMIT);
    }

    @Test
    @DisplayName("Pitfall 8: what follows the peer's answer to the host's Close is no part of the session")
    void whatFollowsAnAnswer() {
        peer.ignoreClose();
        hostCloses();
        StepVerifier.create(peer.received().take(1))
                .expectNext(new Frame.Close(4000, "done", Initiator.HOST))
                .expectComplete()
                .verify(Recording.LIMIT);
        peer.text("still counts").close(4000, "").text("late").close(4001, "").end();

        StepVerifier.create(recording.frames())
                .expectNext(new Frame.Text("still counts", 12), new Frame.Close(4000, "done", Initiator.HOST))
                .expectComplete()
                .verify(Recording.LIMIT);
    }

    @Test
    @DisplayName("A breach behind the host's Close ends the session, and leaves TCP to the peer")
    void aBreachBehindTheHostsClose() {
        peer.ignoreClose();
        hostCloses();
        StepVerifier.create(peer.received().take(1))
                .expectNextCount(1)
                .expectComplete()
                .verify(Recording.LIMIT);
        peer.raw(0xc1, 0x01, 'x').text("late");

        StepVerifier.create(recording.frames())
                .expectNext(new Frame.Close(4000, "done", Initiator.HOST))
                .expectNoEvent(A_WHILE)
                .then(() -> peer.end())
                .expectComplete()
                .verify(Recording.LIMIT);
    }
}
