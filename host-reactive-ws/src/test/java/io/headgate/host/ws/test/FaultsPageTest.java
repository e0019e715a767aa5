package io.headgate.host.ws.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.host.ws.WebSocketOptions;
import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
                        + " after `closeTimeout`, " + counts.get("pong-timeout") + " after `pong-timeout`, "
                        + counts.get("no-bytes") + " after `no-bytes`.");
        assertThat(counts).hasSize(5);
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
            scene.gateway().assertConsumed();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"TOO_MANY_429", "UNAVAILABLE_503"})
    @DisplayName(
            "A peer that answers with Retry-After: 7 is dialled again 7 s later at the earliest, by a host that waits for 1 ms else")
    void retryAfterIsObeyed(Fault fault) {
        FaultRow row = rows().filter(each -> each.named() == fault).findFirst().orElseThrow();
        try (FaultScene scene = new FaultScene(row, DRIVER, "first: 1ms, max: 1ms")) {
            scene.play(PATIENCE);

            IngressEvent.Failed failed = first(scene, IngressEvent.Failed.class);
            IngressEvent.Retrying retrying = first(scene, IngressEvent.Retrying.class);
            assertThat(retrying.nextAttemptAtMillis()).isGreaterThanOrEqualTo(failed.receivedAtMillis() + 7_000);
        }
    }

    private static <T extends IngressEvent> T first(FaultScene scene, Class<T> kind) {
        return scene.events().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    /** What the page says of all rows. */
    private static void assertTold(FaultRow row, FaultScene scene) {
        ConnectionStatus status = scene.connection();
        String error = status.lastError();
        String epoch = row.events().startsWith("Opened") ? ", epoch 1" : "";
        Matcher permanent = Pattern.compile("answered (\\d+) instead").matcher(error);
        String down = permanent.find() ? error + "; the answer " + permanent.group(1) + " is permanent" : error;
        List<String> changes = new ArrayList<>();
        changes.add(Pattern.quote(
                "connection is CONNECTING: dialling " + scene.gateway().uri()));
        if (!epoch.isEmpty()) {
            changes.add("connection is OPEN, epoch 1: the peer accepted");
        }
        if (row.state().equals("WAITING")) {
            changes.add(Pattern.quote("connection is WAITING" + epoch + ": " + error) + "; attempt 1 comes in \\d+ ms");
        } else if (row.state().equals("DOWN")) {
            changes.add(
                    Pattern.quote("connection is DOWN" + epoch + ": " + down + "; the plugin was asked to reconnect"));
        }
        assertThat(scene.changes()).hasSameSizeAs(changes);
        for (int change = 0; change < changes.size(); change++) {
            assertThat(scene.changes().get(change)).matches(changes.get(change));
        }
        assertThat(status.nextAttemptAtMillis() > 0)
                .as("that the status has the time")
                .isEqualTo(row.state().equals("WAITING"));
        for (IngressEvent event : scene.events()) {
            if (event instanceof IngressEvent.Failed failed) {
                assertThat(failed.kind() + ": " + failed.message()).isEqualTo(error);
            } else if (event instanceof IngressEvent.Retrying retrying) {
                assertThat(retrying.nextAttemptAtMillis()).isEqualTo(status.nextAttemptAtMillis());
            } else if (event instanceof IngressEvent.ReconnectNeeded needed) {
                assertThat(needed.why()).isEqualTo(down);
            }
        }
        assertThat(List.of(scene.changes(), scene.events()).toString()).doesNotContain("secret");
    }
}
