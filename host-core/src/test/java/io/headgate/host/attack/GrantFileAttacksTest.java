package io.headgate.host.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.test.InMemoryDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Attacks by way of the grant file: what takes its place while the host runs must change nothing, be told, and not keep the next
 * change from counting; and what a file says must be what its reader sees.
 */
@Timeout(180)
final class GrantFileAttacksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final InMemoryDriver driver = InMemoryDriver.on(Schedulers.parallel());
    private Path file = Path.of("");
    private PluginHost host = PluginHost.builder().driver(driver).build();

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("grants.yaml");
        Files.writeString(file, Attacked.GRANTS);
        host = PluginHost.builder()
                .driver(driver.onDial(peer -> peer.accept()))
                .watchedGrants(file, Duration.ofMillis(10))
                .plugin(
                        Manifest.parse("plugin.yaml", Attacked.MANIFEST),
                        (events, context) -> events.thenMany(Flux.empty()))
                .build();
        host.start().block(PATIENCE);
        await(() -> chat() == ConnectionState.OPEN);
    }

    @AfterEach
    void stop() {
        host.stop(Duration.ZERO).block(PATIENCE);
    }

    private ConnectionState chat() {
        return host.status().services().get(0).connections().get(0).state();
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ZERO, Duration.ofMillis(5))
                .filter(look -> condition.getAsBoolean())
                .blockFirst(PATIENCE);
    }

    private List<String> told() {
        return host.history().stream()
                .filter(Diagnostic.GrantsNotRead.class::isInstance)
                .map(Diagnostic::message)
                .toList();
    }

    /** It is told once, what was granted before holds, and the next change counts. */
    private void assertToldAndHarmless(String problem) throws IOException {
        await(() -> !told().isEmpty());
        assertThat(told()).singleElement().asString().contains(problem).hasSizeLessThan(2_000);
        assertThat(chat()).isEqualTo(ConnectionState.OPEN);
        assertThat(host.history()).noneMatch(Diagnostic.AuthorityReplaced.class::isInstance);
        Path next = Files.writeString(folder.resolve("next"), Attacked.NONE);
        replacedBy(next);
        await(() -> chat() == ConnectionState.DENIED);
    }

    /** At once: no look finds nothing. */
    private void replacedBy(Path next) throws IOException {
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void replacedBy(String text) throws IOException {
        replacedBy(Files.writeString(folder.resolve("next"), text));
    }

    @Test
    @DisplayName("Put a pipe in the place of the grant file, so that no look at it ever ends")
    void aPipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        Assumptions.assumeTrue(mkfifo(pipe), "no pipes here");
        replacedBy(pipe);
        assertToldAndHarmless("neither a file nor a link to one");
    }

    private static boolean mkfifo(Path pipe) throws InterruptedException {
        try {
            Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
            return made.waitFor(20, TimeUnit.SECONDS) && made.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    @Test
    @DisplayName("Put a link to a folder in the place of the grant file")
    void aFolder() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        replacedBy(Files.createSymbolicLink(folder.resolve("link"), there));
        assertToldAndHarmless("neither a file nor a link to one");
    }

    @Test
    @DisplayName("Put a link that leads nowhere in the place of the grant file")
    void aLinkToNowhere() throws IOException {
        replacedBy(Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere")));
        assertToldAndHarmless("no such file");
    }

    @Test
    @DisplayName("Put a link to itself in the place of the grant file")
    void aLinkToItself() throws IOException {
        replacedBy(Files.createSymbolicLink(folder.resolve("link"), file));
        assertToldAndHarmless("cannot be read");
    }

    @Test
    @DisplayName("Empty the grant file: nothing is no grant of nothing, and no grant of anything")
    void anEmptyFile() throws IOException {
        replacedBy("");
        assertToldAndHarmless("the file is empty");
    }

    @Test
    @DisplayName("Hide the narrower grants behind 300 KiB of comment")
    void aHugeFile() throws IOException {
        replacedBy("# x\n".repeat(75 << 10) + Attacked.NONE);
        assertToldAndHarmless("must have at most 262144 bytes");
    }

    @Test
    @DisplayName("Blow the file up by references to references")
    void aBomb() throws IOException {
        StringBuilder bomb = new StringBuilder("version: 1\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int n = 1; n < 12; n++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d]\n".formatted(n, n - 1));
        }
        replacedBy(bomb + "grants: []\n");
        assertToldAndHarmless("an alias ('*') is not allowed");
    }

    @Test
    @DisplayName("Nest a quarter of a megabyte of brackets, to overflow the stack of whoever reads them")
    void brackets() throws IOException {
        replacedBy("version: 1\ngrants: " + "[".repeat(250_000));
        assertToldAndHarmless("nested at most 16 deep");
    }

    @Test
    @DisplayName("Narrow the grants in a file of the same length and time: it must count all the same")
    void theSameLengthAndTime() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Path next = Files.writeString(
                folder.resolve("next"),
                Attacked.GRANTS.replace("wss://chat.example.com/v1", "wss://chat.example.com/v2"));
        Files.setLastModifiedTime(next, time);
        replacedBy(next);
        await(() -> chat() == ConnectionState.DENIED);
        assertThat(told()).isEmpty();
    }

    @Test
    @DisplayName("Hide an entry from who looks at the file, behind a return that goes back to the line's beginning")
    void aLineThatIsWrittenOver() {
        String hidden = Attacked.GRANTS.replace(
                "    websocket:\n",
                "    websocket:\n      - {target: \"wss://evil.example.com/\", access: [send]}\r"
                        + "      # the entries of the chat, reviewed 2026-01-01                     \n");
        assertThat(hidden).isNotEqualTo(Attacked.GRANTS);
        assertThatThrownBy(() -> GrantFile.parse("grants.yaml", hidden))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("grants.yaml:6:60: the character U+000D is not allowed");
        assertThat(GrantFile.parse("grants.yaml", Attacked.GRANTS.replace("\n", "\r\n")))
                .as("the line breaks of Windows")
                .isEqualTo(GrantFile.parse("grants.yaml", Attacked.GRANTS));
    }

    @ParameterizedTest(name = "U+{0}")
    @ValueSource(strings = {"202A", "202B", "202C", "202D", "202E", "2066", "2067", "2068", "2069"})
    @DisplayName("Show an entry as a comment, by marks that put a line in another order than it is read in")
    void aLineInAnotherOrder(String mark) {
        String trojan = Attacked.GRANTS.replace(
                "    websocket:\n",
                "    websocket:\n      - {target: \"wss://evil.example.com/\", access: [send]} # "
                        + Character.toString(Integer.parseInt(mark, 16)) + " x\n");
        assertThatThrownBy(() -> GrantFile.parse("grants.yaml", trojan))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("grants.yaml:6:63: the character U+" + mark.toUpperCase(Locale.ROOT) + " is not allowed");
    }
}
