package io.headgate.host.transport.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.test.ConnectionDriverContract.RemotePeer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** The rules of writing. */
abstract class OutboundRules extends InboundRules {

    @Test
    final void aWriteIsReportedOnceAndArrives() {
        ContractDial dial = dial();
        RemotePeer peer = accepted();

        StepVerifier.create(dial.write("grüß")).expectComplete().verify(LIMIT);
        StepVerifier.create(peer.received().take(1).map(DialRules::brief))
                .expectNext("grüß")
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    final void writesKeepTheirOrderAndGoBeforeTheClose() {
        ContractDial dial = dial();
        RemotePeer peer = accepted();
        AtomicInteger written = new AtomicInteger();
        dial.onWire(wire -> {
            for (int n = 0; n < 100; n++) {
                wire.write("n" + n, error -> written.addAndGet(error == null ? 1 : 1000));
            }
            wire.close(1000, "");
        });

        StepVerifier.create(peer.received().map(DialRules::brief).collectList())
                .assertNext(all -> {
                    assertThat(all).hasSize(101).endsWith("1000");
                    assertThat(all.subList(0, 100))
                            .isEqualTo(IntStream.range(0, 100)
                                    .mapToObj(n -> "n" + n)
                                    .toList());
                })
                .expectComplete()
                .verify(LIMIT);
        StepVerifier.create(dial.life()).expectComplete().verify(LIMIT);
        assertThat(written).hasValue(100);
    }

    @Test
    final void aTaskGivenByATaskRunsBehindIt() {
        ContractDial dial = dial();
        accepted();
        List<String> order = new CopyOnWriteArrayList<>();
        Sinks.Empty<Void> both = Sinks.empty();
        dial.onWire(wire -> {
            wire.execute(() -> {
                order.add("second");
                both.tryEmitEmpty();
            });
            order.add("first");
        });

        StepVerifier.create(both.asMono()).expectComplete().verify(LIMIT);
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    final void aWriteAfterTheEndIsNotReportedSent() {
        ContractDial dial = dial();
        accepted().close(1000, "");
        StepVerifier.create(dial.life()).expectComplete().verify(LIMIT);

        assertThat(dial.session().wire().isOpen()).isFalse();
        StepVerifier.create(dial.write("late")).expectError().verify(LIMIT);
    }

    @Test
    final void theListenerHearsThatTheWireClosed() {
        ContractDial dial = dial();
        RemotePeer peer = accepted();
        Sinks.Empty<Void> heard = Sinks.empty();
        dial.onWire(wire -> wire.onChange(() -> {
            if (!wire.isOpen()) {
                heard.tryEmitEmpty();
            }
        }));
        dial.write("sync").block(LIMIT);
        peer.close(1000, "");

        StepVerifier.create(heard.asMono()).expectComplete().verify(LIMIT);
    }

    @Test
    final void abortCutsTheConnection() {
        ContractDial dial = dial();
        RemotePeer peer = accepted();
        dial.session().wire().abort();

        StepVerifier.create(peer.received()).expectComplete().verify(LIMIT);
        StepVerifier.create(dial.frames()).expectComplete().verify(LIMIT);
        StepVerifier.create(dial.life()).expectComplete().verify(LIMIT);
    }
}
