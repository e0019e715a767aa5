package io.headgate.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.IngressEvent;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What waits for a stream, what goes, and where it is told. */
final class AudienceTest {

    private final Audience audience = new Audience(1, 2, Schedulers.immediate());
    private long sequence;

    private void tell(int events) {
        for (int i = 0; i < events; i++) {
            sequence++;
            audience.tell(new IngressEvent.Text("chat", 1, sequence, 0, "hello", 5));
        }
    }

    /** An event by its id, anything else by its data. */
    private Flux<String> events() {
        return audience.events().map(AudienceTest::shown);
    }

    private static String shown(ServerSentEvent<String> event) {
        return Objects.requireNonNull(event.id() == null ? event.event() + event.data() : event.id());
    }

    @Test
    @DisplayName("the oldest go first, and their number stands where they would have stood")
    void dropsInPlace() {
        StepVerifier.create(events(), 1)
                .expectNext("seated{}")
                .then(() -> tell(5))
                .thenRequest(2)
                .expectNext("dropped{\"count\":3}", "chat/1/4")
                .then(() -> tell(2))
                .thenRequest(3)
                .expectNext("dropped{\"count\":1}", "chat/1/6", "chat/1/7")
                .then(() -> tell(1))
                .then(() -> assertThat(audience.counts()).isEqualTo(new SeatCounts(8, 3, 4, 0, 1)))
                .thenCancel()
                .verify();
        assertThat(audience.counts()).isEqualTo(new SeatCounts(8, 3, 4, 1, 0));
        assertThat(audience.taken()).isZero();
    }

    @Test
    @DisplayName("closed, a stream completes behind what waits for it, and no further one begins")
    void closes() {
        StepVerifier.create(events(), 1)
                .expectNext("seated{}")
                .then(() -> tell(2))
                .then(audience::close)
                .thenRequest(5)
                .expectNext("chat/1/1", "chat/1/2")
                .verifyComplete();
        StepVerifier.create(events()).expectError(Problem.class).verify();
        assertThat(audience.counts()).isEqualTo(new SeatCounts(2, 2, 0, 0, 0));
    }
}
