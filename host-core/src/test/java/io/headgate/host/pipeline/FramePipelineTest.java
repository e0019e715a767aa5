package io.headgate.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.transport.Frame;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** R3, R4, R6; invariants 5 and 9. */
final class FramePipelineTest {

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final List<Frame> arrived = new ArrayList<>();
    private final FramePipeline pipeline = new FramePipeline(
            new SessionOrigin("a", 3, "v1"), new EventNumbers(), clock, (frame, at) -> arrived.add(frame));
    private final TestPublisher<Frame> frames = TestPublisher.create();

    @Test
    void opens_then_maps_texts_in_wire_order_with_the_clocks_time() {
        StepVerifier.create(frames.flux().transform(pipeline))
                .expectNext(new IngressEvent.Opened("a", 3, 1, 0, "v1"))
                .then(() -> clock.advanceTimeBy(Duration.ofMillis(5)))
                .then(() -> frames.next(new Frame.Text("x", 1), new Frame.Text("yz", 2)))
                .expectNext(new IngressEvent.Text("a", 3, 2, 5, "x", 1), new IngressEvent.Text("a", 3, 3, 5, "yz", 2))
                .thenCancel()
                .verify();
        frames.assertCancelled();
    }

    @Test
    void a_close_is_the_end_whatever_follows() {
        StepVerifier.create(frames.flux().transform(pipeline))
                .expectNextCount(1)
                .then(() -> frames.next(new Frame.Close(4000, "r", Initiator.PEER)))
                .expectNext(new IngressEvent.Closed("a", 3, 2, 0, 4000, "r", Initiator.PEER))
                .then(() -> frames.error(new TransportException(FailureKind.TRANSPORT, "reset", null)))
                .verifyComplete();
    }

    @Test
    @DisplayName("pitfall 7: an end without a Close is 1006")
    void an_end_without_a_close_is_abnormal() {
        StepVerifier.create(Flux.<Frame>empty().transform(pipeline))
                .expectNextCount(1)
                .expectNext(new IngressEvent.Closed("a", 3, 2, 0, 1006, "", Initiator.NOBODY))
                .verifyComplete();
    }

    @Test
    void an_error_is_an_event_and_foreign_texts_are_not_shown() {
        StepVerifier.create(
                        Flux.<Frame>error(new IllegalStateException("secret")).transform(pipeline))
                .expectNextCount(1)
                .assertNext(event -> assertThat(event).isInstanceOfSatisfying(IngressEvent.Failed.class, failed -> {
                    assertThat(failed.kind()).isEqualTo(FailureKind.TRANSPORT);
                    assertThat(failed.message())
                            .startsWith("java.lang.IllegalStateException at ")
                            .doesNotContain("secret");
                }))
                .verifyComplete();
    }

    @Test
    @DisplayName("R6: binary, ping and pong become no event; a binary takes a number; all are told")
    void what_is_no_text_is_told_to_the_listener() {
        Flux<Frame> all = Flux.just(new Frame.Binary(3), new Frame.Ping(0), new Frame.Pong(0), new Frame.Text("x", 1));
        StepVerifier.create(all.transform(pipeline).ofType(IngressEvent.Text.class))
                .expectNext(new IngressEvent.Text("a", 3, 3, 0, "x", 1))
                .verifyComplete();
        assertThat(arrived).hasSize(4);
    }

    @Test
    void demand_passes_through() {
        StepVerifier.create(frames.flux().transform(pipeline), 1)
                .expectNextCount(1)
                .then(() -> frames.assertMaxRequested(0))
                .thenRequest(1)
                .then(() -> frames.next(new Frame.Pong(0), new Frame.Text("x", 1)))
                .expectNextCount(1)
                .thenCancel()
                .verify();
    }

    @Test
    void an_origin_is_checked() {
        assertThatThrownBy(() -> new SessionOrigin("a", 0, "")).hasMessage("epoch must be at least 1, is 0");
    }
}
