package io.headgate.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.OutputCommand.SendText;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** R11: a plugin is tested in virtual time, without a host. */
final class PluginHarnessTest {

    /** Notes what it sees and answers nothing. */
    private static PluginHarness noting(List<IngressEvent> seen) {
        return PluginHarness.of(event -> {
            seen.add(event);
            return Mono.empty();
        });
    }

    @Test
    void everyScriptedEventArrivesNumberedAndStamped() {
        List<IngressEvent> seen = new ArrayList<>();
        try (PluginHarness harness = noting(seen)) {
            harness.failed("c", FailureKind.CONNECT, "refused").retrying("c", 1, Duration.ofSeconds(2));
            harness.advance(Duration.ofSeconds(2))
                    .opened("c", "chat.v1")
                    .text("c", "grüße")
                    .gap("c", 3);
            harness.closed("c", 4000, "bye")
                    .reconnectNeeded("c", "manual")
                    .opened("c")
                    .closed("c", 1006, "");
        }
        assertThat(seen)
                .containsExactly(
                        new IngressEvent.Failed("c", 0, 1, 0, FailureKind.CONNECT, "refused"),
                        new IngressEvent.Retrying("c", 0, 2, 0, 1, 2000),
                        new IngressEvent.Opened("c", 1, 1, 2000, "chat.v1"),
                        new IngressEvent.Text("c", 1, 2, 2000, "grüße", 7),
                        new IngressEvent.Gap("c", 1, 5, 3, 2000, 2000),
                        new IngressEvent.Closed("c", 1, 6, 2000, 4000, "bye", Initiator.PEER),
                        new IngressEvent.ReconnectNeeded("c", 1, 7, 2000, "manual"),
                        new IngressEvent.Opened("c", 2, 1, 2000, ""),
                        new IngressEvent.Closed("c", 2, 2, 2000, 1006, "", Initiator.NOBODY));
    }

    @Test
    void connectionsAreNumberedApart() {
        List<IngressEvent> seen = new ArrayList<>();
        try (PluginHarness harness = noting(seen)) {
            harness.opened("a").opened("b").text("a", "1").text("b", "1");
        }
        assertThat(seen).extracting(event -> event.id().toString()).containsExactly("a/1/1", "b/1/1", "a/1/2", "b/1/2");
    }

    @Test
    void commandsAreExpectedInOrder() {
        try (PluginHarness harness = PluginHarness.of(event -> Flux.just(
                OutputCommand.sendText(event.connection(), "one"),
                OutputCommand.close(event.connection(), 1000, "done"),
                OutputCommand.reportStatus(Health.OK, "fine")))) {
            harness.expectNothing().opened("c").expectSend("c", "one");
            assertThat(harness.expectCommand(OutputCommand.Close.class).code()).isEqualTo(1000);
            harness.expectCommand(OutputCommand.reportStatus(Health.OK, "fine")).expectNothing();
            assertThat(harness.commands()).hasSize(3);
        }
    }

    @Test
    void timeMovesOnlyWhenTold() {
        ServicePlugin ticking = (events, context) -> Flux.merge(
                events.ofType(IngressEvent.Other.class).cast(OutputCommand.class),
                Flux.interval(Duration.ofSeconds(1), context.scheduler())
                        .map(n -> OutputCommand.sendText(
                                "c", n + " at " + context.scheduler().now(TimeUnit.SECONDS))));
        try (PluginHarness harness = PluginHarness.of(ticking)) {
            harness.advance(Duration.ofMillis(999)).expectNothing();
            harness.advance(Duration.ofMillis(1)).expectSend("c", "0 at 1");
            harness.advance(Duration.ofSeconds(2)).expectSend("c", "1 at 2").expectSend("c", "2 at 3");
        }
    }

    @Test
    void thePluginCannotDisposeOfTheClock() {
        try (PluginHarness harness = PluginHarness.of((events, context) -> {
            context.scheduler().dispose();
            return events.concatMap(
                    event -> Mono.delay(Duration.ofSeconds(1), context.scheduler())
                            .publishOn(context.scheduler())
                            .thenReturn(OutputCommand.reconnect("c")),
                    0);
        })) {
            harness.opened("c").advance(Duration.ofSeconds(1)).expectCommand(OutputCommand.reconnect("c"));
        }
    }

    @Test
    void theSchedulerRunsTasksNowLaterAndAgain() {
        List<String> ran = new ArrayList<>();
        try (PluginHarness harness = PluginHarness.of((events, context) -> {
            context.scheduler().schedule(() -> ran.add("now"));
            context.scheduler().schedule(() -> ran.add("later"), 1, TimeUnit.SECONDS);
            context.scheduler().schedulePeriodically(() -> ran.add("again"), 2, 2, TimeUnit.SECONDS);
            return events.cast(OutputCommand.class);
        })) {
            harness.advance(Duration.ofSeconds(5));
        }
        assertThat(ran).containsExactly("now", "later", "again", "again");
    }

    @Test
    void theContextGivesIdsAndSettings() {
        ServicePlugin plugin = (events, context) -> Flux.just(OutputCommand.reportStatus(
                Health.OK,
                context.plugin() + " " + context.service() + " " + context.incarnation() + " "
                        + context.settings().get("room")));
        try (PluginHarness harness = PluginHarness.of(plugin, Map.of("room", "lobby"))) {
            assertThat(harness.expectCommand(OutputCommand.ReportStatus.class).message())
                    .isEqualTo("plugin-under-test service-under-test 1 lobby");
            harness.expectFinished();
        }
    }

    @Test
    void outcomesReachWhoeverListens() {
        List<CommandOutcome> heard = new ArrayList<>();
        ServicePlugin plugin = (events, context) -> Flux.merge(
                events.ofType(IngressEvent.Opened.class)
                        .map(o -> OutputCommand.sendText("c", "hi").withId("mine")),
                context.outcomes().doOnNext(heard::add).ofType(OutputCommand.class));
        try (PluginHarness harness = PluginHarness.of(plugin)) {
            harness.opened("c");
            harness.outcome(harness.expectCommand(SendText.class), Result.SENT, "")
                    .complete()
                    .expectFinished();
        }
        assertThat(heard).containsExactly(new CommandOutcome("mine", "c", 0, 0, Result.SENT, "", "as scripted"));
    }

    @Test
    void badOutcomesAreEventsToo() {
        List<IngressEvent> seen = new ArrayList<>();
        SendText send = OutputCommand.sendText("c", "hi");
        try (PluginHarness harness = noting(seen)) {
            harness.outcome(send, Result.DENIED, "send-not-granted").outcome(send, Result.REJECTED, "stale-epoch");
            harness.outcome(send.withId("mine"), Result.FAILED, "").outcome(send, Result.DONE, "");
            harness.outcome(OutputCommand.reportStatus(Health.OK, ""), Result.REJECTED, "id-malformed");
        }
        assertThat(seen)
                .containsExactly(
                        new IngressEvent.CommandRefused("c", 0, 1, 0, "#1", "send-not-granted", "as scripted", 0),
                        new IngressEvent.CommandRefused("c", 0, 2, 0, "#2", "stale-epoch", "as scripted", 0),
                        new IngressEvent.CommandFailed("c", 0, 3, 0, "mine", "as scripted", 0));
    }

    @Test
    void sentTextsThatAskForItAreConfirmed() {
        List<IngressEvent> seen = new ArrayList<>();
        SendText send = OutputCommand.sendText("c", "hi");
        try (PluginHarness harness = noting(seen)) {
            harness.outcome(send, Result.SENT, "").outcome(send.confirmed().withId("mine"), Result.SENT, "");
            harness.outcome(OutputCommand.reconnect("c"), Result.SENT, "");
        }
        assertThat(seen).containsExactly(new IngressEvent.CommandSent("c", 0, 1, 0, "mine", 0));
    }

    @Test
    void whatWaitsIsDeliveredBeforeTheEnd() {
        ServicePlugin slow = (events, context) -> events.concatMap(
                event ->
                        Mono.delay(Duration.ofSeconds(1), context.scheduler()).thenReturn(OutputCommand.reconnect("c")),
                0);
        try (PluginHarness harness = PluginHarness.of(slow)) {
            harness.opened("c").text("c", "1").complete();
            assertThat(harness.waiting()).isEqualTo(1);
            harness.advance(Duration.ofSeconds(2)).expectFinished();
            assertThat(harness.commands()).hasSize(2);
        }
    }

    @Test
    void aFloodIsAskedForNoFurtherThanTheWindow() {
        try (PluginHarness harness = PluginHarness.of(
                (events, context) -> Flux.range(0, Integer.MAX_VALUE).map(n -> OutputCommand.sendText("c", "" + n)))) {
            assertThat(harness.commands()).hasSize(CommandRecorder.WINDOW);
            harness.expectSend("c", "0");
            assertThat(harness.commands()).hasSize(CommandRecorder.WINDOW + 1);
        }
    }

    @Test
    void closeCancelsTheServiceAndItsTimers() {
        List<String> ended = new ArrayList<>();
        PluginHarness harness = PluginHarness.of((events, context) -> Flux.<OutputCommand>never()
                .doOnCancel(() -> ended.add("output"))
                .mergeWith(events.doOnCancel(() -> ended.add("events")).cast(OutputCommand.class)));
        harness.close();
        assertThat(ended).containsExactlyInAnyOrder("output", "events");
    }

    @Test
    void noGlobalSchedulerIsReplaced() {
        try (PluginHarness harness = PluginHarness.of(event -> Mono.empty())) {
            harness.opened("c");
            assertThat(Schedulers.parallel().now(TimeUnit.MILLISECONDS)).isPositive();
        }
    }
}
