package io.headgate.host.transport.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.RefusedAddresses;
import io.headgate.host.authority.Target;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.host.transport.test.ConnectionDriverContract.RemotePeer;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Initiator;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** The rules of dialling, and of what a session's life is. */
abstract class DialRules extends ContractFixture {

    @Test
    final void aRefusedUpgradeFailsAndCallsNoHandler() {
        ContractDial dial = dialAnswered(Answer.REFUSE);

        expectFailure(dial.life(), FailureKind.HANDSHAKE);
        StepVerifier.create(dial.life())
                .expectErrorSatisfies(error ->
                        assertThat(((TransportException) error).status()).isEqualTo(403))
                .verify(LIMIT);
        assertThat(dial.wasOpened()).isFalse();
    }

    @Test
    final void aPeerThatIsNotThereFailsTheConnect() {
        ContractDial dial = dialAnswered(Answer.ABSENT);

        expectFailure(dial.life(), FailureKind.CONNECT);
        assertThat(dial.wasOpened()).isFalse();
    }

    @Test
    @DisplayName("Pitfall 4: a literal address that the spec does not let pass is not dialled, nor told in the message")
    final void anAddressThatMayNotBeDialledFailsTheConnect() {
        Target remote = remote(Answer.ACCEPT);
        Target literal = new Target(remote.scheme(), "127.0.0.1", remote.port(), remote.path(), remote.query());
        ContractDial dial = dial(spec(literal, List.of(), AddressPolicy.PUBLIC), session -> Mono.never());

        expectFailure(dial.life(), FailureKind.CONNECT);
        StepVerifier.create(dial.life())
                .expectErrorSatisfies(error -> {
                    assertThat(TransportException.refusedAddresses(error))
                            .contains(new RefusedAddresses(1, 1, List.of(InetAddress.getLoopbackAddress())));
                    assertThat(error).hasMessage("1 of the target's 1 addresses may not be dialled: none was");
                })
                .verify(LIMIT);
        assertThat(dial.wasOpened()).isFalse();
    }

    @Test
    @DisplayName("Pitfall 4: a literal address that the spec lets pass is dialled")
    final void anAddressThatMayBeDialledIs() {
        Target remote = remote(Answer.ACCEPT);
        Target literal = new Target(remote.scheme(), "127.0.0.1", remote.port(), remote.path(), remote.query());
        ContractDial dial = dial(
                spec(literal, List.of(), AddressPolicy.of("127.0.0.1/32")),
                session -> session.frames().then());

        assertThat(dial.session().wire().isOpen()).isTrue();
    }

    @Test
    @DisplayName("What is granted with trusted-proxy is never dialled without a proxy")
    final void whatIsForTheProxyIsNotDialledWithoutOne() {
        ContractDial dial = dial(
                spec(remote(Answer.ACCEPT), List.of(), AddressPolicy.TRUSTED_PROXY),
                session -> session.frames().then());

        expectFailure(dial.life(), FailureKind.CONNECT);
        StepVerifier.create(dial.life())
                .expectErrorMessage(
                        "the grant says `addresses: trusted-proxy`, and the host has no proxy: nothing was dialled")
                .verify(LIMIT);
        assertThat(dial.wasOpened()).isFalse();
    }

    @Test
    final void aSilentPeerFailsAtTheDeadlineOfTheUpgrade() {
        Duration timeout = Duration.ofMillis(300);
        ConnectionSpec spec = new ConnectionSpec(
                "plugin/service",
                "gateway",
                remote(Answer.SILENT),
                DialTerms.of(AddressPolicy.LOOPBACK),
                MAX_MESSAGE_BYTES,
                DialTimeouts.defaults().withUpgrade(timeout),
                CLOSE_TIMEOUT);
        ContractDial dial = dial(spec, session -> Mono.never());
        elapse(timeout.plusMillis(1));

        expectFailure(dial.life(), FailureKind.TIMEOUT);
        assertThat(dial.wasOpened()).isFalse();
    }

    @Test
    final void aDialThatIsCancelledCallsNoHandler() {
        ContractDial dial = dialAnswered(Answer.SILENT);
        dial.cancel();
        elapse(DialTimeouts.defaults().upgrade().plusMillis(1));

        assertThat(dial.wasOpened()).isFalse();
    }

    @Test
    final void theSubprotocolIsThePeersChoice() {
        ContractDial dial = dial(
                spec(remote(Answer.ACCEPT_SUBPROTOCOL), List.of("chat.v2", "chat.v1")),
                session -> session.frames().then());

        assertThat(dial.session().subprotocol()).isEqualTo("chat.v2");
    }

    @Test
    final void thePeerMayChooseNoSubprotocol() {
        ContractDial dial = dial(
                spec(remote(Answer.ACCEPT), List.of("chat.v2")),
                session -> session.frames().then());

        assertThat(dial.session().subprotocol()).isEmpty();
    }

    @Test
    @DisplayName("Pitfall 9: a handler that completes closes with 1000")
    final void theSessionClosesNormallyWhenTheHandlerCompletes() {
        Sinks.Empty<Void> done = Sinks.empty();
        ContractDial dial = dial(session -> drained(session.frames(), done.asMono()));
        RemotePeer peer = accepted();
        dial.session();
        done.tryEmitEmpty();

        StepVerifier.create(dial.life()).expectComplete().verify(LIMIT);
        expectCodes(peer, 1000);
        StepVerifier.create(dial.frames())
                .expectNext(new Frame.Close(1000, "", Initiator.HOST))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    @DisplayName("Pitfall 9: a handler that fails closes with 1011")
    final void theSessionClosesWithAnInternalErrorWhenTheHandlerFails() {
        ContractDial dial =
                dial(session -> drained(session.frames(), Mono.error(new IllegalArgumentException("mine"))));
        RemotePeer peer = accepted();

        StepVerifier.create(dial.life()).expectErrorMessage("mine").verify(LIMIT);
        expectCodes(peer, 1011);
    }

    @Test
    final void aHandlerThatThrowsIsAHandlerThatFails() {
        ContractDial dial = dial(session -> {
            throw new IllegalArgumentException("thrown");
        });

        StepVerifier.create(dial.life()).expectErrorMessage("thrown").verify(LIMIT);
    }

    @Test
    @DisplayName("Pitfall 9: a cancelled life cuts the socket, and sends no Close 1005")
    final void cancellingClosesTheSocketWithoutCloseFrame() {
        ContractDial dial = dial();
        RemotePeer peer = accepted();
        dial.session();
        dial.cancel();

        StepVerifier.create(peer.received()).expectComplete().verify(LIMIT);
    }

    private ContractDial dialAnswered(Answer answer) {
        return dial(spec(remote(answer)), session -> Mono.never());
    }

    /** Lives as long as {@code until}, while the frames are read to their end. */
    private static Publisher<Void> drained(Flux<Frame> frames, Mono<Void> until) {
        frames.subscribe();
        return until;
    }

    static void expectFailure(Mono<Void> life, FailureKind kind) {
        StepVerifier.create(life)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                TransportException.class,
                                failure -> assertThat(failure.kind()).isEqualTo(kind)))
                .verify(LIMIT);
    }

    /** Expects exactly these Close frames to have arrived at the peer, and then the end of TCP. */
    static void expectCodes(RemotePeer peer, Integer... codes) {
        StepVerifier.create(peer.received()
                        .ofType(Frame.Close.class)
                        .map(Frame.Close::code)
                        .collectList())
                .expectNext(List.of(codes))
                .expectComplete()
                .verify(LIMIT);
    }

    static void expect(Flux<Frame> frames, Frame... expected) {
        StepVerifier.create(frames).expectNext(expected).expectComplete().verify(LIMIT);
    }

    static String brief(Frame frame) {
        if (frame instanceof Frame.Text text) {
            return text.text();
        }
        return frame instanceof Frame.Close close ? String.valueOf(close.code()) : frame.toString();
    }
}
