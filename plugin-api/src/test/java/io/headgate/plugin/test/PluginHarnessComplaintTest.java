package io.headgate.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.headgate.plugin.EventHandler;
import io.headgate.plugin.Health;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a harness says when the plugin, or the script, is wrong. */
final class PluginHarnessComplaintTest {

    private static final ServicePlugin SILENT = ServicePlugin.perEvent(event -> Mono.empty());
    private static final ServicePlugin FAILING =
            (events, context) -> events.concatMap(event -> Mono.error(new IllegalStateException("broken")), 0);

    @Test
    void aMismatchShowsWhatWasExpectedAndEveryCommand() {
        EventHandler handler = event -> Flux.just(
                OutputCommand.sendText("c", "hi").withId("7"),
                new OutputCommand.SendText("", "c", 3, "there"),
                OutputCommand.close("c", 4000, "bye"),
                OutputCommand.open("c", "wss://h/p"),
                OutputCommand.reconnect("c"),
                OutputCommand.reportStatus(Health.FAILING, "ill"));
        try (PluginHarness harness = PluginHarness.of(handler)) {
            harness.opened("c").expectSend("c", "hi");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> harness.expectSend("c", "hello"))
                    .withMessage("""
                            expected send to c "hello"
                             but was send to c/3 "there"
                            6 commands so far, 1 of them expected
                              ok send to c (id 7) "hi"
                               ? send to c/3 "there"
                               ? close c with 4000 "bye"
                               ? open c at wss://h/p
                               ? reconnect c
                               ? report FAILING "ill\"""");
        }
    }

    @Test
    void eachExpectationNamesWhatIsMissing() {
        try (PluginHarness harness = PluginHarness.of(SILENT)) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> harness.expectCommand(OutputCommand.Close.class))
                    .withMessageStartingWith("expected a Close\n but was nothing");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> harness.expectCommand(OutputCommand.reconnect("c")))
                    .withMessageStartingWith("expected reconnect c\n but was nothing");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(harness::expectFinished)
                    .withMessageStartingWith("expected the end of the plugin's output");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> harness.expectError(IllegalStateException.class))
                    .withMessageStartingWith("expected a IllegalStateException\n but was nothing");
        }
    }

    @Test
    void aCommandTooManyIsNamed() {
        try (PluginHarness harness = PluginHarness.of(event -> Mono.just(OutputCommand.reconnect("c")))) {
            harness.opened("c");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(harness::expectNothing)
                    .withMessageStartingWith("expected no further command\n but was reconnect c");
        }
    }

    @Test
    void aFailedOutputStopsTheScriptAtOnce() {
        PluginHarness harness = PluginHarness.of(FAILING);
        harness.opened("c");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> harness.text("c", "more"))
                .withMessageContaining("broken")
                .withCauseInstanceOf(IllegalStateException.class);
        assertThatExceptionOfType(AssertionError.class).isThrownBy(harness::expectNothing);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> harness.expectError(NoSuchElementException.class))
                .withMessageContaining("broken");
        assertThatExceptionOfType(AssertionError.class).isThrownBy(harness::close);
    }

    @Test
    void aFailureThatWasExpectedIsNoComplaint() {
        try (PluginHarness harness = PluginHarness.of(FAILING)) {
            harness.opened("c");
            assertThat(harness.expectError(IllegalStateException.class)).hasMessage("broken");
        }
    }

    @Test
    void aHandleThatThrowsIsAFailedOutput() {
        ServicePlugin throwing = (events, context) -> {
            throw new IllegalStateException("at the start");
        };
        try (PluginHarness harness = PluginHarness.of(throwing)) {
            harness.expectError(IllegalStateException.class);
        }
        try (PluginHarness harness = PluginHarness.of((events, context) -> null)) {
            harness.expectError(NullPointerException.class);
        }
    }

    @Test
    void aSecondSubscriptionToTheEventsFailsAsOnTheHost() {
        try (PluginHarness harness =
                PluginHarness.of((events, context) -> Flux.merge(events, events).ofType(OutputCommand.class))) {
            harness.expectError(IllegalStateException.class);
        }
    }

    @Test
    void aReportedFailureNobodyLookedAtFailsTheTest() {
        PluginHarness harness = PluginHarness.of(event -> {
            throw new IllegalStateException("overlooked");
        });
        harness.opened("c");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(harness::close)
                .withMessageContaining("Opened[")
                .withMessageContaining("overlooked")
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void scriptsThatCouldNotHappenAreRefused() {
        try (PluginHarness harness = PluginHarness.of(SILENT)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> harness.text("c", "x"))
                    .withMessage("\"c\" is not open: script opened(\"c\") first");
            harness.opened("c");
            assertThatIllegalStateException()
                    .isThrownBy(() -> harness.opened("c"))
                    .withMessageStartingWith("\"c\" is open already");
            harness.closed("c", 1000, "").complete();
            assertThatIllegalStateException()
                    .isThrownBy(() -> harness.opened("c"))
                    .withMessageStartingWith("no event can follow complete()");
        }
    }

    @Test
    void aPluginThatNeverAsksIsToldApartFromOneThatLeft() {
        try (PluginHarness harness = PluginHarness.of((events, context) -> Flux.never())) {
            harness.opened("c");
            for (int i = 1; i < Script.MAX_WAITING; i++) {
                harness.text("c", "x");
            }
            assertThat(harness.waiting()).isEqualTo(Script.MAX_WAITING);
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> harness.text("c", "x"))
                    .withMessageStartingWith("1024 events wait and the plugin does not ask for them");
        }
        try (PluginHarness harness = PluginHarness.of((events, context) -> events.take(1)
                .cast(OutputCommand.class)
                .ignoreElements()
                .onErrorComplete()
                .flux())) {
            harness.opened("c");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> harness.text("c", "x"))
                    .withMessageStartingWith("the plugin has cancelled its events");
        }
    }
}
