package io.headgate.host.transport.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.Frame;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Initiator;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/**
 * What every {@link io.headgate.host.transport.ConnectionDriver} does. A driver's test extends it and supplies the driver
 * and a peer to dial; here are the rules of the close handshake, above it those of dialling, reading and writing.
 */
public abstract class ConnectionDriverContract extends OutboundRules {

    /** For the driver's test that extends this. */
    protected ConnectionDriverContract() {}

    /** How the remote side answers a dial. */
    public enum Answer {
        /** Accepts, without a subprotocol. */
        ACCEPT,
        /** Accepts, with the first subprotocol offered. */
        ACCEPT_SUBPROTOCOL,
        /** Answers the upgrade with status 403. */
        REFUSE,
        /** Accepts TCP and says nothing. */
        SILENT,
        /** Does not accept TCP. */
        ABSENT
    }

    /** The far end of an accepted dial. Unless told otherwise it answers a Close frame, and pings not. */
    public interface RemotePeer {

        /**
         * Sends a text message.
         *
         * @param text the message
         * @return this peer
         */
        RemotePeer text(String text);

        /**
         * Sends a binary message.
         *
         * @param bytes its size
         * @return this peer
         */
        RemotePeer binary(int bytes);

        /**
         * Sends an empty ping.
         *
         * @return this peer
         */
        RemotePeer ping();

        /**
         * Sends an empty pong.
         *
         * @return this peer
         */
        RemotePeer pong();

        /**
         * Sends a Close frame.
         *
         * @param code the close code
         * @param reason the reason
         * @return this peer
         */
        RemotePeer close(int code, String reason);

        /**
         * Ends TCP in good order, without a Close frame.
         *
         * @return this peer
         */
        RemotePeer end();

        /**
         * Resets TCP.
         *
         * @return this peer
         */
        RemotePeer reset();

        /**
         * Leaves the host's Close frame unanswered, and TCP open.
         *
         * @return this peer
         */
        RemotePeer ignoreClose();

        /**
         * What arrives from the host: texts, pings, pongs and Close frames. It answers the pings.
         *
         * @return replays all of it to each subscriber, and completes when TCP has ended
         */
        Flux<Frame> received();
    }

    @Test
    final void aCloseOfThePeerIsDeliveredLastAndAnswered() {
        ContractDial dial = dial();
        RemotePeer peer = accepted().text("last words").close(4001, "enough");

        Frame close = new Frame.Close(4001, "enough", Initiator.PEER);
        expect(dial.frames(), new Frame.Text("last words", 10), close);
        StepVerifier.create(dial.life()).expectComplete().verify(LIMIT);
        expectCodes(peer, 4001);
    }

    @Test
    final void aCloseOfTheHostEndsWithThePeersAnswer() {
        ContractDial dial = dial();
        RemotePeer peer = accepted();
        dial.onWire(wire -> wire.close(4002, "done"));

        expect(dial.frames(), new Frame.Close(4002, "done", Initiator.HOST));
        StepVerifier.create(dial.life()).expectComplete().verify(LIMIT);
        expectCodes(peer, 4002);
    }

    @Test
    @DisplayName("Pitfall 8: only the first Close is sent, no text after it, and the session's end is the host's")
    final void onlyTheFirstCloseIsSentAndNoTextAfterIt() {
        ContractDial dial = dial();
        RemotePeer peer = accepted().ignoreClose();
        StepVerifier.create(dial.write("before")).expectComplete().verify(LIMIT);
        dial.onWire(wire -> {
            wire.close(4003, "first");
            wire.close(4004, "second");
        });
        StepVerifier.create(dial.write("after")).expectError().verify(LIMIT);
        peer.close(4005, "crossing");

        expect(dial.frames(), new Frame.Close(4003, "first", Initiator.HOST));
        StepVerifier.create(peer.received().map(ConnectionDriverContract::brief))
                .expectNext("before", "4003")
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    final void aCloseThatIsNotAnsweredEndsAtItsDeadline() {
        Duration timeout = CLOSE_TIMEOUT.multipliedBy(6);
        ContractDial dial = dial(
                spec(remote(Answer.ACCEPT), timeout),
                session -> session.frames().then());
        RemotePeer peer = accepted().ignoreClose();
        dial.onWire(wire -> wire.close(4006, ""));
        peer.text("still talking");
        StepVerifier.create(dial.frames().take(1))
                .expectNextCount(1)
                .expectComplete()
                .verify(LIMIT);
        elapse(timeout.plus(Duration.ofMillis(1)));

        expect(dial.frames(), new Frame.Text("still talking", 13), new Frame.Close(4006, "", Initiator.HOST));
        StepVerifier.create(dial.life()).expectComplete().verify(LIMIT);
        expectCodes(peer, 4006);
    }

    @Test
    @DisplayName("Pitfall 7: an end without a Close is none of the peer's: no Close frame is reported")
    final void anEndWithoutCloseCompletesWithoutClose() {
        ContractDial dial = dial();
        accepted().text("cut").end();

        expect(dial.frames(), new Frame.Text("cut", 3));
        StepVerifier.create(dial.life()).expectComplete().verify(LIMIT);
        assertThat(dial.session().wire().isOpen()).isFalse();
    }

    @Test
    final void aResetFailsAsTransportOrEndsWithoutClose() {
        ContractDial dial = dial();
        accepted().reset();

        StepVerifier.create(dial.frames().onErrorComplete(ConnectionDriverContract::isTransport))
                .expectComplete()
                .verify(LIMIT);
        StepVerifier.create(dial.life().onErrorComplete(ConnectionDriverContract::isTransport))
                .expectComplete()
                .verify(LIMIT);
    }

    private static boolean isTransport(Throwable error) {
        return error instanceof TransportException failure && failure.kind() == FailureKind.TRANSPORT;
    }
}
