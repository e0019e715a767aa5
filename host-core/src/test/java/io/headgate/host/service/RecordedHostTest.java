package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.DiagnosticLog;
import io.headgate.host.recording.HostRecorder;
import io.headgate.host.recording.RecordingSettings;
import io.headgate.host.recording.RecordingStatus;
import io.headgate.host.recording.Recordings;
import io.headgate.host.recording.Redaction;
import io.headgate.host.recording.ServiceRecorder;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import io.headgate.plugin.recording.Recording;
import io.headgate.plugin.recording.RecordingEntry;
import io.headgate.plugin.test.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What a host records is what its plugin saw and said, and played to the same plugin it brings the same. */
@Timeout(60)
final class RecordedHostTest {

    private static final String SERVICE = "test.plugin/bridge";
    private static final Manifest MANIFEST = Manifest.parse("plugin.yaml", HostFixture.MANIFEST);
    private static final GrantFile GRANTS = GrantFile.parse("grants.yaml", HostFixture.GRANTS);
    /** Answers each text, says something every minute, and fails at one text. */
    private static final ServicePlugin ECHO = (events, context) -> Flux.merge(
            Flux.interval(Duration.ofMinutes(1), context.scheduler())
                    .onBackpressureDrop()
                    .concatMap(minute -> Mono.just(OutputCommand.sendText("chat", "minute " + minute)), 0),
            events.ofType(IngressEvent.Text.class)
                    .concatMap(
                            text -> text.text().equals("fail")
                                    ? Mono.error(new IllegalStateException("as told"))
                                    : Mono.<OutputCommand>just(text.reply("re: " + text.text())),
                            0));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final InMemoryDriver driver = InMemoryDriver.on(time);

    @TempDir
    Path directory;

    private PluginHost host(ServicePlugin plugin, RecordingSettings recording) {
        return PluginHost.builder()
                .driver(driver)
                .grants(GRANTS)
                .plugin(MANIFEST, plugin)
                .schedulers(time, name -> time)
                .settings(HostSettings.defaults().withRecording(recording))
                .build();
    }

    private RecordingSettings recording() {
        return RecordingSettings.into(directory, Redaction.nothing()).withConnection(SERVICE, "chat");
    }

    private InMemoryPeer chat(PluginHost host) {
        host.start().subscribe();
        time.advanceTime();
        InMemoryPeer peer = driver.peer("chat").accept("chat.v1");
        time.advanceTime();
        return peer;
    }

    private void say(InMemoryPeer peer, String text) {
        peer.text(text);
        time.advanceTime();
    }

    private void stop(PluginHost host) throws Exception {
        var stopped = host.stop(Duration.ZERO).toFuture();
        time.advanceTime();
        stopped.get(30, TimeUnit.SECONDS);
        time.dispose();
    }

    private List<Recording> read() {
        return Recordings.read(directory.resolve(SERVICE));
    }

    @Test
    void recordsWhatThePluginSawAndSaidAndWhatBecameOfIt() throws Exception {
        PluginHost host = host(ECHO, recording());
        InMemoryPeer peer = chat(host);
        time.advanceTimeBy(Duration.ofSeconds(90));
        say(peer, "hello");
        RecordingStatus busy = host.status().recordings().get(0);
        stop(host);

        Recording read = read().get(0);
        assertThat(read.service()).isEqualTo(SERVICE);
        assertThat(read.whole()).isTrue();
        IngressEvent.Text hello = new IngressEvent.Text("chat", 1, 2, 90_000, "hello", 5);
        assertThat(read.entries().subList(0, 6))
                .containsExactly(
                        new RecordingEntry.Event(0, new IngressEvent.Opened("chat", 1, 1, 0, "chat.v1")),
                        new RecordingEntry.Command(60_000, OutputCommand.sendText("chat", "minute 0")),
                        new RecordingEntry.Outcome(60_000, sent("#1", 60_000)),
                        new RecordingEntry.Event(90_000, hello),
                        new RecordingEntry.Command(90_000, hello.reply("re: hello")),
                        new RecordingEntry.Outcome(90_000, sent("#2", 90_000)));
        assertThat(busy.recorded() + busy.waiting()).isEqualTo(6);
        RecordingStatus last = host.status().recordings().get(0);
        assertThat(last.recorded()).isEqualTo(read.entries().size());
        assertThat(last.missing()).isZero();
        assertThat(last.failure()).isEmpty();
    }

    private static CommandOutcome sent(String id, long at) {
        return new CommandOutcome(id, "chat", 1, at, Result.SENT, "", "");
    }

    @Test
    void playedToTheSamePluginItBringsTheSame() throws Exception {
        PluginHost host = host(ECHO, recording());
        InMemoryPeer peer = chat(host);
        for (int each = 0; each < 50; each++) {
            say(peer, "text " + each);
            time.advanceTimeBy(Duration.ofSeconds(7));
        }
        stop(host);

        Recording read = read().get(0);
        Replay replay = Replay.of(ECHO, read);
        assertThat(replay.atRecordedPace().assertSame().commands()).hasSize(55);
        ServicePlugin loud = (events, context) -> ECHO.handle(events, context).map(RecordedHostTest::louder);
        assertThat(Replay.of(loud, read).atRecordedPace().differences())
                .containsExactlyInAnyOrder(
                        "at 84.000 s was not recorded: send to chat \"RE: TEXT 12\"",
                        "at 84.000 s did not come: send to chat/1 \"re: text 12\"");
    }

    @Test
    void twoStopsAtOnceBothEnd() throws Exception {
        PluginHost host = host(ECHO, recording());
        say(chat(host), "hello");
        var first = host.stop(Duration.ZERO).toFuture();
        var second = host.stop(Duration.ZERO).toFuture();
        time.advanceTime();

        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(second.get(30, TimeUnit.SECONDS));
        assertThat(host.stop(Duration.ZERO).toFuture().get(30, TimeUnit.SECONDS))
                .isNotNull();
        time.dispose();
    }

    @Test
    void whoGoesOnBehindTheStopIsNotInterrupted() throws Exception {
        PluginHost host = host(ECHO, recording());
        say(chat(host), "hello");
        var interrupted = host.stop(Duration.ZERO)
                .map(report -> Thread.currentThread().isInterrupted())
                .toFuture();
        time.advanceTime();

        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isFalse();
        time.dispose();
    }

    @Test
    void whatThePluginsCodeThrowsBesidesIsTheEndThatIsRecorded() throws Exception {
        ServicePlugin breaking = (events, context) -> events.doOnNext(
                        event -> context.scheduler().schedule(() -> {
                            throw new IllegalStateException("besides");
                        }))
                .thenMany(Flux.<OutputCommand>empty());
        PluginHost host = host(breaking, recording());
        chat(host);
        stop(host);

        assertThat(read().get(0).entries())
                .filteredOn(RecordingEntry.Ended.class::isInstance)
                .first()
                .satisfies(ended -> assertThat(((RecordingEntry.Ended) ended).failure())
                        .startsWith("java.lang.IllegalStateException at "));
    }

    @Test
    void manyThreadsAndOneDiskLeaveNothingUncounted() throws Exception {
        Scheduler files = Schedulers.newBoundedElastic(1, 100, "test-recorder", 60, true);
        RecordingSettings small = recording().withFiles(64 * 1024 * 1024, 2);
        Map<String, List<String>> dialled = Map.of(SERVICE, List.of("chat"));
        HostRecorder recorder = new HostRecorder(small, dialled, files, new DiagnosticLog(10));
        ServiceRecorder service = recorder.of(SERVICE);
        int threads = 4;
        int each = 20_000;
        Flux.range(0, threads)
                .flatMap(
                        thread -> Flux.range(0, each)
                                .doOnNext(at -> service.decided(sent("t" + thread, at)))
                                .subscribeOn(Schedulers.boundedElastic()),
                        threads,
                        1)
                .then()
                .block(Duration.ofSeconds(50));
        recorder.close().block(Duration.ofSeconds(50));
        files.dispose();

        RecordingStatus status = service.status().orElseThrow();
        assertThat(status.waiting()).isZero();
        assertThat(status.recorded() + status.missing()).isEqualTo((long) threads * each);
        Recording read = read().get(0);
        assertThat(read.missing()).isEqualTo(status.missing());
        assertThat(read.entries())
                .filteredOn(RecordingEntry.Outcome.class::isInstance)
                .hasSize((int) status.recorded());
        for (int thread = 0; thread < threads; thread++) {
            String id = "t" + thread;
            assertThat(read.entries().stream()
                            .filter(RecordingEntry.Outcome.class::isInstance)
                            .map(entry -> ((RecordingEntry.Outcome) entry).outcome())
                            .filter(outcome -> outcome.commandId().equals(id))
                            .map(CommandOutcome::decidedAtMillis)
                            .toList())
                    .isSorted();
        }
    }

    private static OutputCommand louder(OutputCommand command) {
        return command instanceof OutputCommand.SendText text && text.text().equals("re: text 12")
                ? OutputCommand.sendText("chat", "RE: TEXT 12")
                : command;
    }

    @Test
    void withWhatWasLeftOutLeftOutItIsTheSame() throws Exception {
        Redaction rule = text -> text.replace("hello", "…");
        PluginHost host = host(ECHO, RecordingSettings.into(directory, rule).withConnection(SERVICE, "chat"));
        say(chat(host), "hello");
        stop(host);

        Recording read = read().get(0);
        assertThat(Replay.of(ECHO, read).atRecordedPace().commands())
                .extracting(command -> ((OutputCommand.SendText) command).text())
                .containsExactly("re: …");
        ServicePlugin greeting = (events, context) -> events.ofType(IngressEvent.Text.class)
                .concatMap(text -> Mono.<OutputCommand>just(text.reply("re: hello")), 0);
        assertThat(Replay.of(greeting, read).atRecordedPace().differences()).hasSize(2);
        Replay.of(greeting, read).comparing(rule::command).atRecordedPace().assertSame();
    }

    @Test
    void anIncarnationThatFailedFailsAgain() throws Exception {
        PluginHost host = host(ECHO, recording());
        InMemoryPeer peer = chat(host);
        say(peer, "hello");
        say(peer, "fail");
        time.advanceTimeBy(Duration.ofSeconds(5));
        say(peer, "and on");
        stop(host);

        List<Recording> read = read();
        assertThat(read).extracting(Recording::incarnation).containsExactly(1L, 2L);
        assertThat(read.get(0).entries())
                .filteredOn(RecordingEntry.Ended.class::isInstance)
                .singleElement()
                .satisfies(ended -> assertThat(((RecordingEntry.Ended) ended).failure())
                        .startsWith("java.lang.IllegalStateException at "));
        assertThat(Replay.of(ECHO, read.get(0)).atRecordedPace().assertSame().failure())
                .get()
                .isInstanceOf(IllegalStateException.class);
        assertThat(Replay.of(ECHO, read.get(1)).atRecordedPace().assertSame().commands())
                .extracting(command -> ((OutputCommand.SendText) command).text())
                .containsExactly("re: and on");
    }

    @Test
    void recordsNothingButWhatWasChosen() throws Exception {
        ServicePlugin both = (events, context) -> events.ofType(IngressEvent.Text.class)
                .concatMap(text -> Flux.just(text.reply("a"), OutputCommand.sendText("feed", "b")), 0);
        PluginHost host = host(both, recording());
        InMemoryPeer peer = chat(host);
        InMemoryPeer feed = driver.peer("feed").accept("");
        time.advanceTime();
        say(feed, "not this");
        say(peer, "this");
        stop(host);

        assertThat(Files.readString(directory.resolve(SERVICE).resolve("000001.jsonl")))
                .contains("this")
                .doesNotContain("not this", "feed", "vault");
    }

    @Test
    void withoutASettingNothingIsRecorded() {
        try (HostFixture fixture = new HostFixture()) {
            fixture.chat().text("hello");
            fixture.tick();
            assertThat(fixture.host.status().recordings()).isEmpty();
        }
    }

    @Test
    void whatIsNotThereToBeRecordedIsRefused() {
        RecordingSettings mistyped = recording().withConnection(SERVICE, "chatt");
        assertThatThrownBy(() -> host(ECHO, mistyped))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connection chatt of test.plugin/bridge is to be recorded");
        assertThatThrownBy(() -> host(
                        ECHO,
                        RecordingSettings.into(directory, Redaction.texts())
                                .withConnection("test.plugin/other", "chat")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connection chat of test.plugin/other");
    }

    @Test
    void whereNothingCanBeWrittenNoHostIsBuilt() throws IOException {
        Files.writeString(directory.resolve("test.plugin"), "a file where a folder should be");
        assertThatThrownBy(() -> host(ECHO, recording()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(directory.resolve(SERVICE) + ": cannot be recorded into: ");
    }

    @Test
    void aRecordingThatFailsIsToldAndHoldsUpNothing() throws Exception {
        PluginHost host = host(ECHO, recording());
        Path folder = directory.resolve(SERVICE);
        Files.delete(folder);
        Files.writeString(folder, "a file where a folder was");
        InMemoryPeer peer = chat(host);
        say(peer, "hello");
        assertThat(peer.sent()).containsExactly("re: hello");
        stop(host);

        RecordingStatus status = host.status().recordings().get(0);
        assertThat(status.failure()).isPresent();
        assertThat(status.recorded()).isZero();
        assertThat(status.missing()).isPositive();
        assertThat(host.history())
                .filteredOn(Diagnostic.RecordingStopped.class::isInstance)
                .singleElement()
                .satisfies(told -> assertThat(told.message())
                        .startsWith("recording has stopped until the host is started again: ")
                        .contains(folder.toString()));
    }
}
