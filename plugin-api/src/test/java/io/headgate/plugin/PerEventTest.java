package io.headgate.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.test.PluginHarness;
import io.headgate.plugin.test.ReportedFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@link ServicePlugin#perEvent}: pitfall 24, a function from stream to stream dies with its first error. */
final class PerEventTest {

    private static EventHandler echo(EventHandler odd) {
        return event -> event instanceof IngressEvent.Text text && !text.text().equals("odd")
                ? Mono.just(text.reply(text.text()))
                : odd.on(event);
    }

    private static void assertIsolated(EventHandler handler, Class<? extends Throwable> kind) {
        try (PluginHarness harness = PluginHarness.of(handler)) {
            harness.event(new IngressEvent.Opened("other", 1, 1, 0, ""));
            harness.opened("c").text("c", "odd").text("c", "after").expectSend("c", "after");
            List<ReportedFailure> failures = harness.reportedFailures();
            assertThat(failures)
                    .hasSize(3)
                    .allSatisfy(f -> assertThat(f.error()).isInstanceOf(kind));
            assertThat(failures.get(2).event().id()).isEqualTo(new EventId("c", 1, 2));
        }
    }

    @Test
    void aThrowingHandlerLosesOneEventOnly() {
        assertIsolated(
                echo(event -> {
                    throw new IllegalStateException("thrown");
                }),
                IllegalStateException.class);
    }

    @Test
    void anErrorSignalLosesOneEventOnly() {
        assertIsolated(echo(event -> Flux.error(new IllegalStateException("signalled"))), IllegalStateException.class);
    }

    @Test
    void aHandlerThatAnswersNullLosesOneEventOnly() {
        assertIsolated(echo(event -> null), NullPointerException.class);
    }

    @Test
    void commandsBeforeTheErrorOfAnEventStillCount() {
        EventHandler handler =
                event -> Flux.concat(Mono.just(OutputCommand.reconnect("c")), Mono.error(new IllegalStateException()));
        try (PluginHarness harness = PluginHarness.of(handler)) {
            harness.opened("c").expectCommand(OutputCommand.reconnect("c"));
            assertThat(harness.reportedFailures()).hasSize(1);
        }
    }

    @Test
    void theNextEventIsAskedForWhenThisOneIsAnswered() {
        List<String> inHand = new ArrayList<>();
        ServicePlugin plugin = (events, context) -> ServicePlugin.perEvent(event -> {
                    inHand.add(event.id().toString());
                    return Mono.delay(Duration.ofSeconds(1), context.scheduler())
                            .thenReturn(OutputCommand.reconnect(event.connection()));
                })
                .handle(events, context);

        try (PluginHarness harness = PluginHarness.of(plugin)) {
            harness.opened("c").text("c", "1").text("c", "2");
            assertThat(inHand).containsExactly("c/1/1");
            assertThat(harness.waiting()).isEqualTo(2);

            harness.advance(Duration.ofSeconds(1)).expectCommand(OutputCommand.reconnect("c"));
            assertThat(inHand).containsExactly("c/1/1", "c/1/2");
            harness.advance(Duration.ofSeconds(2)).complete();
            assertThat(harness.commands()).hasSize(3);
            harness.expectCommand(OutputCommand.Reconnect.class);
            harness.expectCommand(OutputCommand.Reconnect.class);
            harness.expectNothing().expectFinished();
        }
    }
}
