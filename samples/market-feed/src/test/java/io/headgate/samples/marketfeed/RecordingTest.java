package io.headgate.samples.marketfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.recording.RecordingSettings;
import io.headgate.host.recording.Recordings;
import io.headgate.host.recording.Redaction;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import io.headgate.plugin.recording.Recording;
import io.headgate.plugin.recording.RecordingEntry;
import io.headgate.plugin.test.Replay;
import io.headgate.plugin.test.Replayed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A bug that a host recorded, {@code late-changes.jsonl}: the feed was asked for the same snapshot again and again. The recording
 * shows the bug in the plugin as it was, and that it is gone from the plugin as it is.
 */
@Timeout(60)
final class RecordingTest {

    private static final Path RECORDED = Path.of("src/test/resources/recordings/late-changes.jsonl");
    private static final String SERVICE = "sample.market-feed/books";
    private static final int LATE = 5;

    @TempDir
    Path directory;

    private static Recording recorded() {
        return Recordings.read(RECORDED).get(0);
    }

    @Test
    @DisplayName("the plugin as it was does what was recorded: the bug is here, and can be looked for")
    void theBugIsInTheRecording() {
        Replayed replayed =
                Replay.of(new EarlierFeed(), recorded()).atRecordedPace().assertSame();

        assertThat(replayed.commands()).hasSize(1 + LATE);
    }

    @Test
    @DisplayName("the plugin as it is subscribes once, and its book is right")
    void theBugIsGone() {
        BookFeed feed = new BookFeed();
        Replayed replayed = Replay.of(feed, recorded())
                .withSettings(Map.of("symbols", "AAA"))
                .atRecordedPace();

        assertThat(replayed.commands()).hasSize(1);
        assertThat(replayed.differences())
                .hasSize(LATE)
                .allSatisfy(line -> assertThat(line)
                        .contains(" did not come: send to feed/1 \"{\"op\":\"subscribe\",\"symbol\":\"AAA\"}\""));
        assertThat(feed.book("AAA").levels()).isEqualTo(Map.of(100L, 7L, 101L, 3L));
    }

    @Test
    @DisplayName("this is how it was recorded: a host with the plugin as it was, and a feed whose changes come late")
    void howItWasRecorded() throws Exception {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        InMemoryDriver driver = InMemoryDriver.on(time);
        PluginHost host = PluginHost.builder()
                .driver(driver)
                .schedulers(time, name -> time)
                .grants(GrantFile.read(Path.of("grants.yaml")))
                .plugin(
                        Manifest.read(Path.of("src/main/resources/META-INF/headgate/plugin.yaml")),
                        ServicePlugin.perEvent(new EarlierFeed()))
                .settings(HostSettings.defaults()
                        .withRecording(RecordingSettings.into(directory, Redaction.nothing())
                                .withConnection(SERVICE, "feed")))
                .build();
        host.start().subscribe();
        time.advanceTime();
        InMemoryPeer feed = driver.peer("feed").accept("");
        time.advanceTime();
        feed.text("{\"type\":\"snapshot\",\"symbol\":\"AAA\",\"number\":40,\"levels\":{\"100\":7,\"101\":2}}");
        for (int late = 0; late < LATE; late++) {
            time.advanceTimeBy(Duration.ofMillis(20));
            feed.text("{\"type\":\"delta\",\"symbol\":\"AAA\",\"number\":40,\"levels\":{\"101\":2}}");
            feed.text("{\"type\":\"snapshot\",\"symbol\":\"AAA\",\"number\":40,\"levels\":{\"100\":7,\"101\":2}}");
        }
        time.advanceTimeBy(Duration.ofSeconds(1));
        feed.text("{\"type\":\"delta\",\"symbol\":\"AAA\",\"number\":41,\"levels\":{\"101\":3}}");
        time.advanceTime();
        CompletableFuture<?> stopped = host.stop(Duration.ZERO).toFuture();
        time.advanceTime();
        stopped.get(30, TimeUnit.SECONDS);
        time.dispose();

        Recording again = Recordings.read(directory.resolve(SERVICE)).get(0);
        assertThat(again.missing()).isZero();
        assertThat(again).isEqualTo(recorded());
        assertThat(feed.sent())
                .hasSize(1 + LATE)
                .containsOnly(FeedMessage.subscribe("AAA"))
                .isEqualTo(again.entries().stream()
                        .filter(RecordingEntry.Command.class::isInstance)
                        .map(entry -> ((OutputCommand.SendText) ((RecordingEntry.Command) entry).command()).text())
                        .toList());
    }
}
