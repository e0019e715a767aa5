package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.host.ConfigurationException;
import io.headgate.host.ConfigurationException.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationFilesTest {

    private static final String GRANTS = "version: 1\ngrants: []\n";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void readsFilesInUtf8WithAByteOrderMarkOrWithout() throws IOException {
        assertThat(GrantFile.read(file("\uFEFF# ü\r\n" + GRANTS)).grants()).isEmpty();
        assertThat(GrantFile.read(file(GRANTS))).isEqualTo(new GrantFile(List.of()));
        assertThat(Manifest.read(file("version: 1\nid: chat\nrelease: '1.0'\nservices: [{name: s, class: a.B}]"))
                        .service("s"))
                .contains(new ServiceDeclaration("s", "a.B", List.of()));
    }

    @Test
    void namesAFileThatIsNotThere() {
        Path missing = directory.resolve("grants.yaml");
        ConfigurationException error =
                catchThrowableOfType(ConfigurationException.class, () -> GrantFile.read(missing));

        assertThat(error)
                .hasMessage(missing + ": cannot be read: no such file")
                .hasCauseInstanceOf(NoSuchFileException.class);
        assertThat(error.problems())
                .containsExactly(new Problem(missing.toString(), 0, 0, "", "cannot be read: no such file"));
    }

    @Test
    void namesAFileThatCannotBeRead() {
        ConfigurationException error =
                catchThrowableOfType(ConfigurationException.class, () -> Manifest.read(directory));

        assertThat(error).hasMessage(directory + ": cannot be read: neither a file nor a link to one");
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Path file = directory.resolve("latin1.yaml");
        Files.write(file, "version: 1 # ü".getBytes(StandardCharsets.ISO_8859_1));
        ConfigurationException error = catchThrowableOfType(ConfigurationException.class, () -> GrantFile.read(file));

        assertThat(error).hasMessage(file + ":1:1: must be UTF-8");
    }

    @Test
    void boundsTheSizeInBytes() throws IOException {
        String longest = GRANTS + "#" + "x".repeat(SourceText.MAX_BYTES - GRANTS.length() - 1);
        Path tooLong = file(longest + "x");

        assertThat(GrantFile.read(file(longest)).grants()).isEmpty();
        assertThat(GrantFile.parse("g.yaml", longest).grants()).isEmpty();
        assertTooLarge(tooLong.toString(), () -> GrantFile.read(tooLong));
        assertTooLarge("g.yaml", () -> GrantFile.parse("g.yaml", longest + "x"));
        assertTooLarge("g.yaml", () -> GrantFile.parse("g.yaml", GRANTS + "#" + "ü".repeat(200_000)));
    }

    @Test
    void aProblemIsPlacedAndOnOneLine() {
        assertThat(new Problem("g.yaml", 3, 5, "grants[0].plugin", "missing"))
                .hasToString("g.yaml:3:5: grants[0].plugin: missing");
        assertThat(new Problem("g.yaml", 3, 5, "", "empty")).hasToString("g.yaml:3:5: empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Problem("g.yaml", -1, 0, "", "x"))
                .withMessage("line and column must be at least 0, are -1 and 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new ConfigurationException(List.of()));
    }

    @Test
    void theErrorCanBeSerialized() throws Exception {
        ConfigurationException error = new ConfigurationException(List.of(new Problem("g.yaml", 1, 2, "a", "b")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(error);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((ConfigurationException) in.readObject()).problems()).isEqualTo(error.problems());
        }
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("file-" + text.length() + ".yaml"), text);
    }

    private static void assertTooLarge(String file, ThrowingCallable reading) {
        assertThat(catchThrowableOfType(ConfigurationException.class, reading))
                .hasMessage(file + ": must have at most 262144 bytes, has more");
    }
}
