package io.headgate.host.transport.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.Unread;
import io.headgate.host.transport.test.ConnectionDriverContract.RemotePeer;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Initiator;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** The rules of reading. */
abstract class InboundRules extends DialRules {

    @Test
    final void framesComeInWireOrder() {
        ContractDial dial = dial();
        RemotePeer peer = accepted();
        for (int n = 0; n < 100; n++) {
            peer.text("n" + n);
        }
        peer.close(1000, "");

        StepVerifier.create(dial.frames().map(DialRules::brief).collectList())
                .assertNext(all -> {
                    assertThat(all).hasSize(101).endsWith("1000");
                    assertThat(all.subList(0, 100))
                            .isEqualTo(IntStream.range(0, 100)
                                    .mapToObj(n -> "n" + n)
                                    .toList());
                })
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    final void everyKindOfFrameIsReported() {
        ContractDial dial = dial();
        accepted().text("grüß").binary(7).pong().text("").close(1001, "bye");

        expect(
                dial.frames(),
                new Frame.Text("grüß", 6),
                new Frame.Binary(7),
                new Frame.Pong(0),
                new Frame.Text("", 0),
                new Frame.Close(1001, "bye", Initiator.PEER));
    }

    @Test
    @DisplayName("Pitfall 11: a ping is answered, and reported as a frame, so that it counts as life")
    final void aPingIsAnsweredAndReported() {
        ContractDial dial = dial();
        RemotePeer peer = accepted().ping();

        StepVerifier.create(dial.frames().take(1))
                .expectNext(new Frame.Ping(0))
                .expectComplete()
                .verify(LIMIT);
        StepVerifier.create(peer.received().take(1))
                .expectNext(new Frame.Pong(0))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    @DisplayName("R6: an answer to the host's ping has its number; another pong has none")
    final void aPingOfTheHostIsAnsweredWithItsNumber() {
        ContractDial dial = dial();
        RemotePeer peer = accepted();
        dial.onWire(wire -> wire.ping(Long.MAX_VALUE));
        dial.onWire(wire -> wire.ping(7));

        StepVerifier.create(dial.frames().take(2))
                .expectNext(new Frame.Pong(Long.BYTES, Long.MAX_VALUE), new Frame.Pong(Long.BYTES, 7))
                .expectComplete()
                .verify(LIMIT);
        peer.pong();
        StepVerifier.create(dial.frames().skip(2).take(1))
                .expectNext(new Frame.Pong(0, 0))
                .expectComplete()
                .verify(LIMIT);
        StepVerifier.create(peer.received().take(2))
                .expectNext(new Frame.Ping(Long.BYTES), new Frame.Ping(Long.BYTES))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    final void noPingIsSentBehindAClose() {
        ContractDial dial = dial();
        RemotePeer peer = accepted();
        dial.onWire(wire -> {
            wire.close(1000, "");
            wire.ping(1);
        });

        expect(dial.frames(), new Frame.Close(1000, "", Initiator.HOST));
        StepVerifier.create(peer.received())
                .expectNext(new Frame.Close(1000, "", Initiator.HOST))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    final void whatIsReadIsCounted() {
        ContractDial dial = dial();
        RemotePeer peer = accepted();
        long before = readSoFar(dial);
        peer.text("");
        StepVerifier.create(dial.frames().take(1))
                .expectNextCount(1)
                .expectComplete()
                .verify(LIMIT);
        long between = readSoFar(dial);
        peer.text("more");
        StepVerifier.create(dial.frames().take(2))
                .expectNextCount(2)
                .expectComplete()
                .verify(LIMIT);

        assertThat(between).isGreaterThan(before);
        assertThat(readSoFar(dial)).isGreaterThan(between);
    }

    private static long readSoFar(ContractDial dial) {
        Sinks.One<Long> read = Sinks.one();
        Session session = dial.session();
        dial.onWire(wire -> read.tryEmitValue(session.reads()).orThrow());
        return Objects.requireNonNull(read.asMono().block(LIMIT));
    }

    @Test
    final void theLargestMessageIsDelivered() {
        String text = "x".repeat(MAX_MESSAGE_BYTES);
        ContractDial dial = dial();
        accepted().text(text).close(1000, "");

        expect(dial.frames(), new Frame.Text(text, MAX_MESSAGE_BYTES), new Frame.Close(1000, "", Initiator.PEER));
    }

    @Test
    final void aLargerMessageFailsAndThePeerIsTold() {
        ContractDial dial = dial();
        RemotePeer peer = accepted().text("x".repeat(MAX_MESSAGE_BYTES + 1));

        expectFailure(dial.frames().then(), FailureKind.PROTOCOL);
        expectFailure(dial.life(), FailureKind.PROTOCOL);
        expectCodes(peer, 1009);
    }

    @Test
    @DisplayName("Pitfall 12: a second subscriber is refused, and the first goes on")
    final void aSecondSubscriberIsRefused() {
        ContractDial dial = dial();
        accepted();
        StepVerifier.create(dial.write("after the first subscriber"))
                .expectComplete()
                .verify(LIMIT);

        StepVerifier.create(dial.session().frames())
                .expectError(IllegalStateException.class)
                .verify(LIMIT);
    }

    @Test
    final void cancellingTheFramesClosesTheSocketWithoutCloseFrame() {
        ContractDial dial = dial(session -> session.frames().take(1).then());
        RemotePeer peer = accepted().text("enough");

        StepVerifier.create(peer.received()).expectComplete().verify(LIMIT);
        StepVerifier.create(dial.life()).expectComplete().verify(LIMIT);
    }

    @Test
    final void onlyWhatIsRequestedIsDelivered() {
        Sinks.One<Subscription> reading = Sinks.one();
        ContractDial dial = dial(session -> session.frames()
                .doOnSubscribe(
                        subscription -> reading.tryEmitValue(subscription).orThrow())
                .as(InboundRules::requestedElsewhere));
        RemotePeer peer = accepted();
        Subscription demand = Objects.requireNonNull(reading.asMono().block(LIMIT));
        demand.request(1);
        peer.text("one").text("two");
        dial.frames().blockFirst(LIMIT);
        awaitUnread(dial.session());

        StepVerifier.create(dial.frames().map(DialRules::brief))
                .expectNext("one")
                .then(() -> StepVerifier.create(dial.write("round trip"))
                        .expectComplete()
                        .verify(LIMIT))
                .expectNoEvent(Duration.ofMillis(100))
                .then(() -> assertThat(dial.session().unread()).isEqualTo(new Unread(1, 3)))
                .then(() -> demand.request(1))
                .expectNext("two")
                .then(() -> assertThat(dial.session().unread()).isEqualTo(Unread.NOTHING))
                .then(() -> peer.close(1000, ""))
                .then(() -> demand.request(1))
                .expectNext("1000")
                .expectComplete()
                .verify(LIMIT);
    }

    private static void awaitUnread(Session session) {
        Flux.interval(Duration.ofMillis(5))
                .filter(tick -> session.unread().frames() > 0)
                .blockFirst(LIMIT);
    }

    /** Subscribes without requesting: the test does that. */
    private static Mono<Void> requestedElsewhere(Flux<Frame> frames) {
        return Mono.defer(() -> {
            frames.subscribe(new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {}
            });
            return Mono.never();
        });
    }
}
