package io.headgate.host.ws.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.host.ws.WebSocketOptions;
import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/reference/faults.md is what happens: each of its rows is played by a real host (R4, R6, R7; invariants 2 and 7). */
@Timeout(120)
final class FaultsPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final ReactorNettyDriver DRIVER =
            ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(1));

    @AfterAll
    static void endTheDriver() {
        DRIVER.disposeLater().block(PATIENCE);
    }

    static Stream<FaultRow> rows() {
        return FaultRow.ofThePage();
    }

    @Test
    void everyFaultHasARowAndEveryRowAFault() {
        assertThat(rows().map(FaultRow::fault))
                .containsExactlyElementsOf(
                        Stream.of(Fault.values()).map(Fault::name).toList());
    }

    @Test
    void thePageCountsItsRows() {
        Map<String, Long> counts = rows().collect(Collectors.groupingBy(FaultRow::after, Collectors.counting()));

        assertThat(FaultRow.page().lines())
                .contains(Fault.values().length + " faults: " + counts.get(FaultRow.AT_ONCE) + " seen at once, "
                        + counts.get("upgrade") + " after `upgrade`, " + counts.get("closeTimeout")
                        + " after `closeTimeout`, " + counts.get(FaultRow.NEVER) + " never.");
        assertThat(counts).hasSize(4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    @DisplayName("Each row is what happens")
    void eachRowIsWhatHappens(FaultRow row) {
        try (FaultScene scene = new FaultScene(row, DRIVER)) {
            long started = System.nanoTime();
            FaultRow seen = scene.play(PATIENCE);
            long took = System.nanoTime() - started;
            assertThat(seen).isEqualTo(row);
            if (row.meetsADeadline()) {
                assertThat(took).as("ns, not before the deadline").isGreaterThanOrEqualTo(FaultRow.SHORT.toNanos());
            }
            assertTold(row, scene);
            assertThat(scene.stop().zombies()).isEmpty();
            assertThat(scene.connection().events().conserved()).isTrue();
            assertThat(scene.connection().commands().conserved()).isTrue();
            assertThat(scene.connection().commands().inFlight()).isZero();
            if (!row.after().equals(FaultRow.NEVER)) {
                scene.gateway().assertConsumed();
            }
        }
    }

    /** What the page says of all rows. */
    private static void assertTold(FaultRow row, FaultScene scene) {
        String error = scene.connection().lastError();
        boolean opened = row.events().startsWith("Opened");
        Stream<String> ended = row.state().equals("DOWN")
                ? Stream.of("connection is DOWN" + (opened ? ", epoch 1" : "") + ": " + error
                        + "; the plugin was asked to reconnect")
                : Stream.empty();
        assertThat(scene.changes())
                .containsExactlyElementsOf(Stream.concat(
                                Stream.concat(
                                        Stream.of("connection is CONNECTING: dialling "
                                                + scene.gateway().uri()),
                                        opened
                                                ? Stream.of("connection is OPEN, epoch 1: the peer accepted")
                                                : Stream.empty()),
                                ended)
                        .toList());
        for (IngressEvent event : scene.events()) {
            if (event instanceof IngressEvent.Failed failed) {
                assertThat(failed.kind() + ": " + failed.message()).isEqualTo(error);
            } else if (event instanceof IngressEvent.ReconnectNeeded needed) {
                assertThat(needed.why()).isEqualTo(error);
            }
        }
        assertThat(List.of(scene.changes(), scene.events()).toString()).doesNotContain("secret");
    }
}
