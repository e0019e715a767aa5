package io.headgate.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.OutputCommand;
import io.micrometer.observation.Observation;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** The bound on calls, and that each is told. */
final class DeskTest {

    private static final Message HELLO = new Message("chat", "hello");

    private final TestPublisher<CommandOutcome> outcomes = TestPublisher.create();
    private final Desk desk = new Desk("call-1-", 2);

    private Flux<OutputCommand> output() {
        return Flux.merge(desk.answered(outcomes.flux()), desk.commands()).doFinally(end -> desk.end());
    }

    private static Call call() {
        return new Call(Observation.NOOP);
    }

    private static CommandOutcome sent(String id) {
        return new CommandOutcome(id, "chat", 1, 0, Result.SENT, "", "");
    }

    private static int status(Problem problem) {
        return Objects.requireNonNull(problem).getStatusCode().value();
    }

    @Test
    @DisplayName("a place is taken until the host has decided, whoever has gone")
    void bounded() {
        Call first = call();
        StepVerifier.create(output(), 0)
                .then(() -> {
                    assertThat(desk.take(first, HELLO)).isNull();
                    assertThat(desk.take(call(), HELLO)).isNull();
                    assertThat(status(desk.take(call(), HELLO))).isEqualTo(429);
                })
                .thenRequest(2)
                .assertNext(command -> assertThat(command.id()).isEqualTo("call-1-1"))
                .assertNext(command -> assertThat(command.id()).isEqualTo("call-1-2"))
                .then(() -> outcomes.next(sent("call-1-1")))
                .then(() -> StepVerifier.create(first.outcome())
                        .expectNext(sent("call-1-1"))
                        .verifyComplete())
                .then(() -> assertThat(desk.take(call(), HELLO)).isNull())
                .thenCancel()
                .verify();
        assertThat(desk.undecided()).isZero();
    }

    @Test
    @DisplayName("shut, it takes no call, and the output completes when the last has been told")
    void shut() {
        Call last = call();
        StepVerifier.create(output())
                .then(() -> assertThat(desk.take(last, HELLO)).isNull())
                .expectNextCount(1)
                .then(desk::shut)
                .then(() -> assertThat(status(desk.take(call(), HELLO))).isEqualTo(503))
                .then(() -> outcomes.next(sent("call-1-1")))
                .verifyComplete();
        StepVerifier.create(last.outcome()).expectNext(sent("call-1-1")).verifyComplete();
        outcomes.assertCancelled();
    }

    @Test
    @DisplayName("an incarnation that is cut off leaves nobody waiting")
    void cutOff() {
        Call waits = call();
        StepVerifier.create(output())
                .then(() -> assertThat(desk.take(waits, HELLO)).isNull())
                .expectNextCount(1)
                .thenCancel()
                .verify();
        StepVerifier.create(waits.outcome())
                .expectErrorSatisfies(
                        error -> assertThat(status((Problem) error)).isEqualTo(503))
                .verify(RunningSample.LIMIT);
        assertThat(status(desk.take(call(), HELLO))).isEqualTo(503);
    }

    @Test
    @DisplayName("nothing is taken before the plugin has asked for commands")
    void early() {
        assertThat(status(desk.take(call(), HELLO))).isEqualTo(503);
    }
}
