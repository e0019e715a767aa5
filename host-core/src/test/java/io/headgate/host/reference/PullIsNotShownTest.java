package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** R9: no document, sample, template or Javadoc example shows the pull primitive; its own Javadoc says what it is not for. */
@Timeout(60)
final class PullIsNotShownTest {

    private static final Path ROOT =
            ReferencePage.FOLDER.resolve("../..").toAbsolutePath().normalize();
    private static final List<String> KINDS = List.of(".md", ".java", ".yaml", ".yml", ".json", ".properties", ".txt");
    private static final Path API = ROOT.resolve("plugin-api/src/main/java/io/headgate/plugin");

    /** README, docs, samples, sources and resources; not what a build made, and not the libraries' own tests. */
    private static List<Path> files() throws IOException {
        return ProjectFiles.under(ROOT).stream()
                .map(ROOT::relativize)
                .filter(file -> KINDS.stream().anyMatch(file.toString()::endsWith))
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .filter(file -> file.startsWith("samples") || !file.toString().contains("src/test"))
                .toList();
    }

    private static List<String> sightings(Path file) {
        try {
            return PullSightings.in(file, Files.readString(ROOT.resolve(file), StandardCharsets.UTF_8)).stream()
                    .map(found -> file + ": " + found)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    @DisplayName("R9: it is shown nowhere")
    void isShownNowhere() throws IOException {
        List<Path> files = files();

        assertThat(files)
                .contains(Path.of("README.md"), Path.of("docs/reference/exchanges.md"))
                .contains(Path.of("plugin-api/src/main/java/io/headgate/plugin/ServiceContext.java"))
                .anyMatch(file -> file.startsWith("samples") && file.toString().endsWith(".java"))
                .anyMatch(file -> file.toString().endsWith("plugin.yaml"));
        assertThat(files.stream().flatMap(file -> sightings(file).stream())).isEmpty();
    }

    @Test
    @DisplayName("R9: its own Javadoc says what it is for and what it is not, and points to a declared connection")
    void saysWhatItIsFor() throws IOException {
        for (String type : List.of("PullWebSocket.java", "ServiceContext.java")) {
            assertThat(Files.readString(API.resolve(type)).replaceAll("\\s*\\*\\s*", " "))
                    .as(type)
                    .contains("for <strong>one bounded exchange</strong>")
                    .containsPattern("(?i)not the way to integrate a service")
                    .containsPattern("declare(</em>)?s?(</em>)? .*with the access \\{@code subscribe}");
        }
    }

    static Stream<Arguments> planted() {
        return Stream.of(
                Arguments.of("README.md", "Ask once: `context.exchange(\"login\")`."),
                Arguments.of("docs/guide/start.md", "Then call `recv(timeout)`."),
                Arguments.of("docs/reference/events.md", "```java\nPullWebSocket socket;\n```\n"),
                Arguments.of("docs/reference/events.md", "text\n\n    socket.recv(timeout)\n"),
                Arguments.of("docs/reference/manifest-and-grants.md", "```yaml\naccess: [subscribe, exchange]\n```\n"),
                Arguments.of("docs/adr/0009-x.md", "~~~\naccess:\n  - send\n  - exchange\n~~~\n"),
                Arguments.of("samples/x/src/main/java/X.java", "context.exchange(name)"),
                Arguments.of("samples/x/src/main/resources/plugin.yaml", "access: [exchange]"),
                Arguments.of(
                        "host-core/src/main/resources/template/plugin.yaml", "access:\n - subscribe\n - exchange\n"),
                Arguments.of(
                        "plugin-api/src/main/java/EventHandler.java", "/** <pre>{@code c.exchange(\"x\")}</pre> */"),
                Arguments.of("plugin-api/src/main/java/A.java", "/** Use {@code socket.recv(t)} {@code {x}}. */"),
                Arguments.of(
                        "plugin-api/src/main/java/A.java",
                        "/**\n * {@snippet :\n * if (x) { PulledText t; }\n * }\n */"),
                Arguments.of("plugin-api/src/main/java/ServiceContext.java", "/** <pre>\n * exchange(\"x\")\n */"));
    }

    @ParameterizedTest
    @MethodSource("planted")
    void findsWhatIsPlanted(String file, String content) {
        assertThat(PullSightings.in(Path.of(file), content)).isNotEmpty();
    }

    static Stream<Arguments> allowed() {
        return Stream.of(
                Arguments.of("README.md", "An exchange's market data, and the access `exchange`."),
                Arguments.of("docs/reference/exchanges.md", "`PullWebSocket` is for one bounded exchange."),
                Arguments.of(
                        "docs/reference/events.md", "```yaml\naccess: [subscribe, send]\n```\nNo `recv(timeout)`."),
                Arguments.of("plugin-api/src/main/java/PullWebSocket.java", "/** {@code recv(x)} */"),
                Arguments.of("plugin-api/src/main/java/A.java", "/** {@link PullWebSocket} {@code recv} */ recv(x);"));
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void letsPassWhatOnlySaysThatItIsThere(String file, String content) {
        assertThat(PullSightings.in(Path.of(file), content)).isEmpty();
    }
}
