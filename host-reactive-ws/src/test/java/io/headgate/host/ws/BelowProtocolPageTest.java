package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/reference/faults.md, below the protocol, is what happens: each row is played by a real host (R4, R6, R7; invariants 2 and 7). */
@Timeout(240)
final class BelowProtocolPageTest {

    private static final String HEADER = "| when | TCP fault | after | the plugin sees | state | last error |";

    private static final ReactorNettyDriver DRIVER =
            ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(1));

    @AfterAll
    static void endTheDriver() {
        DRIVER.disposeLater().block(Duration.ofSeconds(20));
    }

    static Stream<TcpScene.Row> rows() {
        return TcpScene.rows();
    }

    private static List<String> page() {
        try {
            return Files.readAllLines(
                            Path.of(System.getProperty("basedir", ".")).resolve("../docs/reference/faults.md"))
                    .stream()
                    .dropWhile(line -> !line.equals(HEADER))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static String line(TcpScene.Row row) {
        String begin = "| " + row.when() + " | `" + row.fault() + "` | "
                + (row.hasDeadline() ? "`" + row.after() + "`" : row.after()) + " |";
        return page().stream()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElse(begin + " is not there");
    }

    @Test
    void thePageHasEachRowOnceAndNoOther() {
        assertThat(page())
                .containsExactlyElementsOf(
                        rows().map(BelowProtocolPageTest::line).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    @DisplayName("Each row is what happens")
    void eachRowIsWhatHappens(TcpScene.Row row) {
        String expected = line(row);
        try (TcpScene scene = new TcpScene(row, DRIVER)) {
            long started = System.nanoTime();
            String seen = scene.play(expected);
            long took = System.nanoTime() - started;
            assertThat(seen).isEqualTo(expected);
            if (row.hasDeadline()) {
                assertThat(took).as("ns, not before the deadline").isGreaterThanOrEqualTo(TcpScene.SHORT.toNanos());
            }
            assertThat(scene.connection().nextAttemptAtMillis() > 0).isEqualTo(scene.isWaiting());
            assertThat(scene.zombies()).isEmpty();
            assertThat(scene.connection().events().conserved()).isTrue();
            assertThat(scene.connection().commands().conserved()).isTrue();
            assertThat(scene.connection().commands().inFlight()).isZero();
        }
    }
}
