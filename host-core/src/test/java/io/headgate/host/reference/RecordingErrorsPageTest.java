package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headgate.host.ConfigurationException;
import io.headgate.host.diagnostics.DiagnosticLog;
import io.headgate.host.recording.HostRecorder;
import io.headgate.host.recording.RecordingSettings;
import io.headgate.host.recording.Recordings;
import io.headgate.host.recording.Redaction;
import io.headgate.plugin.ServicePlugin;
import io.headgate.plugin.recording.Recording;
import io.headgate.plugin.recording.RecordingEntry;
import io.headgate.plugin.test.Replay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** docs/errors.md has what is said of recordings, as it is said. */
@Timeout(60)
final class RecordingErrorsPageTest {

    private static final ServicePlugin SILENT = (events, context) -> Flux.never();

    private final List<String> said = new ArrayList<>();

    @TempDir
    private Path folder;

    private void fails(ThrowingCallable wrong) {
        Throwable failure = catchThrowable(wrong);
        assertThat(failure).isNotNull();
        if (failure instanceof ConfigurationException unusable) {
            unusable.problems().forEach(problem -> said.add(problem.message()));
        } else {
            said.add(String.valueOf(failure.getMessage()));
        }
    }

    private HostRecorder recorder(RecordingSettings settings) {
        return new HostRecorder(settings, Map.of("p/s", List.of("c")), Schedulers.immediate(), new DiagnosticLog(1));
    }

    @Test
    void recordings() throws IOException {
        RecordingSettings settings = RecordingSettings.into(folder, Redaction.texts());
        fails(() -> recorder(settings.withConnection("p/s", "d")));
        Path taken = Files.writeString(folder.resolve("p"), "a file");
        fails(() -> recorder(settings.withConnection("p/s", "c")).of("p/s"));
        fails(() -> settings.withFiles(1, 2));
        fails(() -> settings.withFiles(1 << 20, 1));
        fails(() -> Redaction.members(Set.of()));
        fails(() -> Recordings.read(folder.resolve("none")));
        fails(() -> Recordings.read(Files.write(taken, new byte[] {(byte) 0xff, '\n'})));
        String entry = "{\"version\":1,\"kind\":\"recorded-end\",\"atMillis\":1,\"failure\":\"\"}\n";
        fails(() -> Recordings.read(Files.write(taken, entry.getBytes(StandardCharsets.UTF_8))));
        Recording holed = new Recording("p/s", 1, 0, Set.of("c"), true, List.of(new RecordingEntry.Missing(1, 3)));
        fails(() -> Replay.of(SILENT, holed).atOnce().assertSame());
        Recording tail = new Recording("p/s", 1, 0, Set.of("c"), false, List.of());
        fails(() -> Replay.of(SILENT, tail).atOnce().assertSame());

        new ErrorsPage().agrees("Recordings", "| message | cause | fix |", said);
    }
}
