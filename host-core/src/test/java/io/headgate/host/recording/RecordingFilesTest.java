package io.headgate.host.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.recording.Recording;
import io.headgate.plugin.recording.RecordingEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings as files: bounded, rotated, readable again, and nobody else's to read. */
final class RecordingFilesTest {

    private static final String SERVICE = "demo/feed";
    private static final long BEGAN = 100;
    private static final Life ONE = new Life(1, BEGAN);
    private static final long SMALLEST = 64 * 1024;

    @TempDir
    Path directory;

    private RecordingWriter writer(RecordingSettings settings) throws IOException {
        settings.folder(SERVICE).prepare();
        return new RecordingWriter(SERVICE, settings.folder(SERVICE), settings);
    }

    private RecordingSettings settings(Redaction redaction) {
        return RecordingSettings.into(directory, redaction)
                .withConnection(SERVICE, "chat")
                .withFiles(SMALLEST, 3);
    }

    private static Recording recording(long incarnation, List<RecordingEntry> entries) {
        return new Recording(SERVICE, incarnation, BEGAN, Set.of("chat"), true, entries);
    }

    private Path folder() {
        return directory.resolve("demo/feed");
    }

    private List<Path> files() throws IOException {
        return new RecordingFolder(folder()).files();
    }

    private static RecordingEntry said(long at, String text) {
        return new RecordingEntry.Command(at, OutputCommand.sendText("chat", text));
    }

    private static List<RecordingEntry> entries(long from, long to) {
        return LongStream.range(from, to).mapToObj(at -> said(at, "text " + at)).toList();
    }

    private static void write(RecordingWriter writer, long incarnation, List<RecordingEntry> entries)
            throws IOException {
        for (RecordingEntry entry : entries) {
            assertThat(writer.write(new Life(incarnation, BEGAN), entry)).isTrue();
        }
    }

    @Test
    void whatWasWrittenIsReadAnIncarnationAtATime() throws IOException {
        RecordingWriter writer = writer(settings(Redaction.nothing()));
        write(writer, 1, entries(0, 5));
        write(writer, 2, entries(5, 9));
        writer.close();

        assertThat(Recordings.read(folder())).containsExactly(recording(1, entries(0, 5)), recording(2, entries(5, 9)));
    }

    @Test
    void filesHaveABoundAndTheOldestGoes() throws IOException {
        RecordingWriter writer = writer(settings(Redaction.nothing()));
        write(writer, 1, entries(0, 3_000));
        writer.close();

        assertThat(files())
                .hasSize(3)
                .allSatisfy(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(SMALLEST));
        assertThat(Files.size(files().get(0))).as("full").isGreaterThan(SMALLEST - 300);
        Recording read = Recordings.read(folder()).get(0);
        assertThat(Recordings.read(folder())).hasSize(1);
        assertThat(read.whole()).isFalse();
        assertThat(read.entries()).isEqualTo(entries(read.entries().get(0).atMillis(), 3_000));
    }

    @Test
    void aFurtherHostGoesOnBehindTheLastFile() throws IOException {
        for (int host = 1; host <= 4; host++) {
            RecordingWriter writer = writer(settings(Redaction.nothing()));
            write(writer, 1, entries(0, host));
            writer.close();
        }

        assertThat(files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("000002.jsonl", "000003.jsonl", "000004.jsonl");
        assertThat(Recordings.read(folder()))
                .extracting(read -> read.entries().size())
                .containsExactly(2, 3, 4);
    }

    @Test
    void anEntryLargerThanAFileIsMissingInItsPlace() throws IOException {
        RecordingWriter writer = writer(settings(Redaction.nothing()));
        write(writer, 1, entries(0, 1));
        assertThat(writer.write(ONE, said(1, "x".repeat((int) SMALLEST)))).isFalse();
        write(writer, 1, entries(2, 3));
        writer.close();

        assertThat(Recordings.read(folder()).get(0).entries())
                .containsExactly(said(0, "text 0"), new RecordingEntry.Missing(1, 1), said(2, "text 2"));
    }

    @Test
    void whatCannotBeRedactedIsMissingInItsPlace() throws IOException {
        Redaction odd = text -> {
            if (text.equals("text 1")) {
                throw new IllegalStateException("not this one");
            }
            return text;
        };
        RecordingWriter writer = writer(settings(odd));
        writer.write(ONE, said(0, "text 0"));
        assertThat(writer.write(ONE, said(1, "text 1"))).isFalse();
        writer.close();

        Recording read = Recordings.read(folder()).get(0);
        assertThat(read.entries()).containsExactly(said(0, "text 0"), new RecordingEntry.Missing(1, 1));
        assertThat(read.missing()).isEqualTo(1);
    }

    @Test
    void aRedactionWithoutEndIsMissingToo() throws IOException {
        RecordingWriter writer = writer(settings(text -> {
            throw new StackOverflowError();
        }));
        assertThat(writer.write(ONE, said(1, "text"))).isFalse();
        writer.close();

        assertThat(Recordings.read(folder()).get(0).entries()).containsExactly(new RecordingEntry.Missing(1, 1));
    }

    @Test
    void whatIsLeftOutIsInNoFile() throws IOException {
        IngressEvent.Text event = new IngressEvent.Text("chat", 1, 2, 3, "{\"token\":\"s3cret\"}", 18);
        RecordingWriter writer = writer(settings(Redaction.members(Set.of("token"))));
        List<OutputCommand> commands = List.of(
                OutputCommand.sendText("chat", "{\"d\":{\"token\":\"s3cret\"}}"),
                OutputCommand.close("chat", 1000, "s3cret"),
                OutputCommand.open("chat", "wss://user:s3cret@a.example:8443/s3cret?ticket=s3cret"),
                OutputCommand.reportStatus(io.headgate.plugin.Health.OK, "s3cret"));
        writer.write(ONE, new RecordingEntry.Event(1, event));
        writer.write(
                ONE,
                new RecordingEntry.Event(
                        1,
                        new IngressEvent.Closed("chat", 1, 3, 3, 4000, "s3cret", io.headgate.plugin.Initiator.PEER)));
        for (OutputCommand command : commands) {
            writer.write(ONE, new RecordingEntry.Command(1, command));
        }
        for (IngressEvent told : List.of(
                new IngressEvent.ReconnectNeeded("chat", 1, 4, 3, "closed with 4000 by PEER: s3cret"),
                new IngressEvent.Failed("chat", 1, 5, 3, FailureKind.DENIED, "not for wss://a.example/s3cret"),
                new IngressEvent.CommandRefused("chat", 1, 6, 3, "#1", "target-not-declared", "not for s3cret", 0),
                new IngressEvent.CommandFailed("chat", 1, 7, 3, "#1", "s3cret", 0))) {
            writer.write(ONE, new RecordingEntry.Event(1, told));
        }
        writer.write(
                ONE,
                new RecordingEntry.Outcome(
                        1,
                        new CommandOutcome(
                                "#1", "chat", 1, 3, Result.DENIED, "target-not-declared", "not for s3cret")));
        writer.close();

        String file = Files.readString(files().get(0));
        assertThat(file)
                .doesNotContain("s3cret")
                .contains("wss://a.example:8443/[redacted]", "\"bytes\":18", "target-not-declared");
        assertThat(Recordings.read(folder()).get(0).entries()).hasSize(11);
    }

    @Test
    void nobodyElseMayReadThem() throws IOException {
        RecordingWriter writer = writer(settings(Redaction.texts()));
        write(writer, 1, entries(0, 1));
        writer.close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
                .isEqualTo("rw-------");
    }

    @Test
    void aNameLeadsNowhereElse() {
        RecordingSettings settings = settings(Redaction.nothing());
        for (String name : List.of("../..", "./x", ".../y", "a/..", "%2E/b")) {
            Path folder = Path.of(settings.folder(name).toString());
            assertThat(folder.normalize()).isEqualTo(folder);
            assertThat(folder.getParent().getParent()).isEqualTo(directory);
        }
        assertThat(settings.folder("../x"))
                .hasToString(directory.resolve("%2E./x").toString());
    }

    @Test
    void aLineThatWasCutOffIsMissing() throws IOException {
        RecordingWriter writer = writer(settings(Redaction.nothing()));
        write(writer, 1, entries(0, 3));
        writer.close();
        byte[] whole = Files.readAllBytes(files().get(0));
        Files.write(files().get(0), java.util.Arrays.copyOf(whole, whole.length - 9));

        assertThat(Recordings.read(files().get(0)).get(0).entries())
                .containsExactly(said(0, "text 0"), said(1, "text 1"), new RecordingEntry.Missing(1, 1));
    }

    @Test
    void whatIsNoRecordingIsRefusedWithItsLine() throws IOException {
        Path file = directory.resolve("odd.jsonl");
        Files.writeString(file, "{\"version\":1,\"kind\":\"recorded-missing\",\"atMillis\":1,\"count\":1}\n");
        assertProblem(file, file + ":1:1: expected a line of kind recording before any other");

        Files.writeString(
                file,
                "{\"version\":1,\"kind\":\"recording\",\"service\":\"a/b\",\"incarnation\":1,\"atMillis\":1,\"connections\":[],\"continued\":false}\n");
        Files.writeString(file, "\n{\"version\":1,\"kind\":\"s3cret\"}\n", StandardOpenOption.APPEND);
        assertProblem(file, file + ":3:1: field kind: expected a recorded entry, one of");

        Files.write(file, "\"\u00e9\"\n".getBytes(StandardCharsets.ISO_8859_1));
        assertProblem(file, file + ": must be UTF-8");
        assertProblem(directory.resolve("none"), directory.resolve("none") + ": cannot be read: ");
    }

    private static void assertProblem(Path file, String message) {
        assertThatThrownBy(() -> Recordings.read(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(message);
    }
}
