package io.headgate.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import io.headgate.plugin.recording.Recording;
import io.headgate.plugin.recording.RecordingEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A recording played once more: at which pace, by which clock, and what is told of a difference. */
final class ReplayTest {

    private static final long BEGAN = 1_795_000_000_000L;

    private static final ServicePlugin ECHO = (events, context) ->
            events.ofType(IngressEvent.Text.class).concatMap(text -> Mono.just(text.reply("re: " + text.text())), 0);

    private static Recording of(RecordingEntry... entries) {
        return new Recording("demo/echo", 3, BEGAN, Set.of("chat"), true, Arrays.asList(entries));
    }

    private static IngressEvent.Text heard(long after, String text) {
        return new IngressEvent.Text("chat", 1, 2 + after, BEGAN + after, text, text.length());
    }

    private static RecordingEntry event(long after, String text) {
        return new RecordingEntry.Event(BEGAN + after, heard(after, text));
    }

    private static RecordingEntry said(long after, String text) {
        return new RecordingEntry.Command(BEGAN + after, new OutputCommand.SendText("", "chat", 1, text));
    }

    @Test
    void theSamePluginDoesTheSame() {
        Recording recording = of(event(0, "a"), said(1, "re: a"), event(500, "b"), said(502, "re: b"));

        assertThat(Replay.of(ECHO, recording).atRecordedPace().assertSame().commands())
                .containsExactly(heard(0, "a").reply("re: a"), heard(500, "b").reply("re: b"));
        Replay.of(ECHO, recording).atOnce().assertSame();
    }

    @Test
    void timersFireAtTheRecordedPaceAndNoneAtOnce() {
        ServicePlugin ticking = (events, context) -> Flux.interval(Duration.ofSeconds(40), context.scheduler())
                .onBackpressureDrop()
                .concatMap(
                        tick -> Mono.<OutputCommand>just(OutputCommand.sendText(
                                "chat", "at " + context.scheduler().now(TimeUnit.SECONDS))),
                        0)
                .takeUntilOther(events.ignoreElements());
        Recording recording = of(event(0, "a"), event(100_000, "b"));

        assertThat(Replay.of(ticking, recording).atRecordedPace().timedCommands())
                .containsExactly(
                        new RecordingEntry.Command(
                                BEGAN + 40_000, OutputCommand.sendText("chat", "at " + (BEGAN / 1000 + 40))),
                        new RecordingEntry.Command(
                                BEGAN + 80_000, OutputCommand.sendText("chat", "at " + (BEGAN / 1000 + 80))));
        assertThat(Replay.of(ticking, recording).atOnce().commands()).isEmpty();
    }

    @Test
    void outcomesComeInTheirPlace() {
        List<String> order = new ArrayList<>();
        ServicePlugin curious = (events, context) -> Flux.merge(
                events.doOnNext(event -> order.add(((IngressEvent.Text) event).text()))
                        .thenMany(Flux.<OutputCommand>empty()),
                context.outcomes()
                        .doOnNext(outcome -> order.add(outcome.commandId()))
                        .thenMany(Flux.<OutputCommand>empty()));
        CommandOutcome outcome = new CommandOutcome("x-1", "chat", 1, BEGAN, CommandOutcome.Result.SENT, "", "");

        Replay.of(curious, of(event(0, "a"), new RecordingEntry.Outcome(BEGAN, outcome), event(1, "b")))
                .atRecordedPace();

        assertThat(order).containsExactly("a", "x-1", "b");
    }

    @Test
    void tellsWhatIsMissingWhatIsBesidesAndWhen() {
        Recording recording = of(event(0, "a"), said(0, "RE: A"), event(12_300, "b"), said(12_301, "re: b"));

        assertThatThrownBy(() -> Replay.of(ECHO, recording).atRecordedPace().assertSame())
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        the plugin did not do what demo/echo had done:
                          at 0.000 s was not recorded: send to chat/1 "re: a"
                          at 0.000 s did not come: send to chat/1 "RE: A\"""");
    }

    @Test
    void tellsWhatCameAtAnotherTime() {
        Recording recording = of(event(0, "a"), said(2_500, "re: a"));

        assertThat(Replay.of(ECHO, recording).atRecordedPace().differences())
                .containsExactly("at 2.500 s came 2.500 s early: send to chat/1 \"re: a\"");
        assertThat(Replay.of(ECHO, recording)
                        .withTolerance(Duration.ofMillis(2_500))
                        .atRecordedPace()
                        .differences())
                .isEmpty();
        assertThat(Replay.of(ECHO, recording).atOnce().differences()).isEmpty();
    }

    @Test
    void ordersCountWhereRealThreadsCannotHaveMadeThem() {
        ServicePlugin pair = (events, context) -> events.ofType(IngressEvent.Text.class)
                .concatMap(text -> Flux.just(text.reply("1"), text.reply("2")), 0);

        assertThat(Replay.of(pair, of(event(0, "a"), said(0, "2"), said(0, "1")))
                        .atRecordedPace()
                        .differences())
                .containsExactly(
                        "at 0.000 s came behind send to chat/1 \"1\", and not before it: send to chat/1 \"2\"");
        assertThat(Replay.of(pair, of(event(0, "a"), said(0, "2"), said(3, "1")))
                        .atRecordedPace()
                        .differences())
                .isEmpty();
        assertThat(Replay.of(pair, of(event(0, "a"), said(0, "2"), said(3, "1")))
                        .atOnce()
                        .differences())
                .hasSize(1);
    }

    @Test
    void idsAreNotComparedAndTheRestMayBeSeenOtherwise() {
        ServicePlugin numbering = (events, context) -> events.ofType(IngressEvent.Text.class)
                .concatMap(
                        text -> Mono.just(text.reply("now " + System.identityHashCode(text))
                                .withId("own")),
                        0);
        Recording recording = of(event(0, "a"), said(0, "now 12"));

        assertThat(Replay.of(numbering, recording).atRecordedPace().differences())
                .hasSize(2);
        Replay.of(numbering, recording)
                .comparing(command -> OutputCommand.sendText(command.connection(), "now"))
                .atRecordedPace()
                .assertSame();
    }

    @Test
    void aFailureIsComparedAndTold() {
        ServicePlugin failing = (events, context) -> events.ofType(IngressEvent.Text.class)
                .concatMap(text -> Mono.<OutputCommand>error(new IllegalStateException("as told")), 0);
        RecordingEntry end = new RecordingEntry.Ended(BEGAN + 5, "java.lang.IllegalStateException at Demo:1");

        assertThat(Replay.of(failing, of(event(0, "a"), end, event(9, "never taken")))
                        .atRecordedPace()
                        .assertSame()
                        .failure())
                .get()
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        Replay.of(failing, of(event(0, "a"))).atRecordedPace().assertSame())
                .hasMessageContaining("in the end the plugin's output failed: ")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(Replay.of(ECHO, of(event(0, "a"), said(0, "re: a"), end))
                        .atRecordedPace()
                        .differences())
                .containsExactly(
                        "at 0.005 s did not fail, as the recorded one did: java.lang.IllegalStateException at Demo:1");
    }

    @Test
    void whatIsMissingFromARecordingIsNotTakenForTheSame() {
        Recording recording = of(event(0, "a"), said(0, "re: a"), new RecordingEntry.Missing(BEGAN + 1, 3));

        assertThatThrownBy(() -> Replay.of(ECHO, recording).atRecordedPace().assertSame())
                .hasMessage("the recording lacks 3 entries: what the plugin was told, or what it said, is not known");
    }

    @Test
    void manyDifferencesAreToldInShort() {
        List<RecordingEntry> entries = new ArrayList<>();
        for (int each = 0; each < 150; each++) {
            entries.add(said(each, "text " + each));
        }

        assertThat(Replay.of(ECHO, new Recording("demo/echo", 3, BEGAN, Set.of("chat"), true, entries))
                        .atOnce()
                        .differences())
                .hasSize(101)
                .last()
                .isEqualTo("and 50 more");
    }

    @Test
    void settingsAreTheTests() {
        ServicePlugin greeting = (events, context) ->
                Flux.just(OutputCommand.sendText("chat", context.settings().getOrDefault("greeting", "none")));

        assertThat(Replay.of(greeting, of(event(0, "a")))
                        .withSettings(Map.of("greeting", "hello"))
                        .atOnce()
                        .commands())
                .containsExactly(OutputCommand.sendText("chat", "hello"));
    }

    @Test
    void timersBeginWhenThePluginBegan() {
        ServicePlugin ticking = (events, context) -> Flux.interval(Duration.ofSeconds(30), context.scheduler())
                .onBackpressureDrop()
                .concatMap(tick -> Mono.<OutputCommand>just(OutputCommand.sendText("chat", "tick")), 0)
                .takeUntilOther(events.ignoreElements());
        RecordingEntry tick = new RecordingEntry.Command(BEGAN + 30_000, OutputCommand.sendText("chat", "tick"));

        Replay.of(ticking, of(event(20_000, "opened late"), tick))
                .atRecordedPace()
                .assertSame();
    }

    @Test
    void theEndOfTheEventsIsPlayedToo() {
        ServicePlugin polite = (events, context) ->
                ECHO.handle(events, context).concatWith(Mono.just(OutputCommand.sendText("chat", "bye")));
        RecordingEntry bye = new RecordingEntry.Command(BEGAN + 7, OutputCommand.sendText("chat", "bye"));

        Replay.of(
                        polite,
                        of(
                                event(0, "a"),
                                said(0, "re: a"),
                                new RecordingEntry.Completed(BEGAN + 7),
                                bye,
                                new RecordingEntry.Ended(BEGAN + 7, "")))
                .atRecordedPace()
                .assertSame();
    }

    @Test
    void whatWasNotListenedToDoesNotCount() {
        ServicePlugin elsewhere = (events, context) -> events.ofType(IngressEvent.Text.class)
                .concatMap(text -> Flux.just(text.reply("re: a"), OutputCommand.sendText("feed", "b")), 0);

        Replay.of(elsewhere, of(event(0, "a"), said(0, "re: a")))
                .atRecordedPace()
                .assertSame();
    }

    @Test
    void withoutItsBeginningItIsNotTakenForTheSame() {
        Recording tail = new Recording(
                "demo/echo", 1, BEGAN, Set.of("chat"), false, List.of(event(90_000, "a"), said(90_000, "re: a")));

        assertThat(Replay.of(ECHO, tail).atRecordedPace().differences()).isEmpty();
        assertThatThrownBy(() -> Replay.of(ECHO, tail).atRecordedPace().assertSame())
                .hasMessage("the recording lacks its beginning: what state the plugin was in is not known");
    }

    @Test
    void thePluginHasTheNamesOfTheRecordedOne() {
        List<String> names = new ArrayList<>();
        ServicePlugin curious = (events, context) -> {
            names.add(context.plugin() + "/" + context.service() + " " + context.incarnation());
            return events.thenMany(Flux.<OutputCommand>empty());
        };
        Replay.of(curious, of(event(0, "a"))).atOnce();

        assertThat(names).containsExactly("demo/echo 3");
    }

    @Test
    void aPluginThatTakesNoMoreEventsIsADifference() {
        ServicePlugin leaving = (events, context) ->
                Flux.merge(events.take(1).thenMany(Flux.<OutputCommand>empty()), Flux.<OutputCommand>never());

        assertThat(Replay.of(leaving, of(event(0, "a"), event(1, "b")))
                        .atRecordedPace()
                        .differences())
                .singleElement()
                .asString()
                .startsWith("the plugin has cancelled its events before ");
    }
}
