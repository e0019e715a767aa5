package io.headgate.host.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.ingress.Tally;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.service.StopReport;
import io.headgate.host.ws.ReactorNettyDriver;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/**
 * The WebSocket by the book: Autobahn|Testsuite 0.5.6 against an echo service under a real host. R1, R3, R5, R6; invariants 2
 * and 7. docs/reference/conformance.md says what the figures mean.
 */
@Tag("conformance")
final class ConformanceTest {

    private static final String AGENT = "headgate";
    private static final int UNSUPPORTED_DATA = 1003;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Map<String, EchoHost.Ended> SESSIONS = new LinkedHashMap<>();
    private static Set<Thread> threadsBefore = Set.of();
    private static Map<String, CaseReport> reports = Map.of();

    @BeforeAll
    @Timeout(1200)
    static void runEveryCase() throws Exception {
        threadsBefore = hostThreads();
        ReactorNettyDriver driver = ReactorNettyDriver.create();
        try (FuzzingServer server = FuzzingServer.start()) {
            String count = EchoHost.listen(driver, server.uri("/getCaseCount"));
            assertThat(count).isEqualTo(Integer.toString(server.cases().size()));
            for (int number = 1; number <= server.cases().size(); number++) {
                String uri = server.uri("/runCase?case=" + number + "&agent=" + AGENT);
                SESSIONS.put(server.cases().get(number - 1), EchoHost.echo(driver, uri));
            }
            EchoHost.listen(driver, server.uri("/updateReports?agent=" + AGENT));
            reports = CaseReport.readAll(server.reports(), AGENT);
        } finally {
            driver.disposeLater().block(LIMIT);
        }
        print();
    }

    @AfterAll
    static void nothingIsLeft() {
        List<Thread> left = Flux.interval(Duration.ofMillis(20))
                .map(tick -> hostThreads().stream()
                        .filter(thread -> !threadsBefore.contains(thread))
                        .toList())
                .takeUntil(List::isEmpty)
                .take(LIMIT)
                .blockLast(LIMIT.multipliedBy(2));
        assertThat(left).isEmpty();
    }

    @Test
    @DisplayName("Each of the 301 cases has its row: a session that is cut too early leaves none")
    void every_case_has_its_row() {
        assertThat(SESSIONS).hasSize(Expected.CASES);
        assertThat(reports.keySet()).isEqualTo(SESSIONS.keySet());
    }

    @Test
    @DisplayName("R6: binary fails, closed with 1003, and nothing else fails")
    void only_binary_fails() {
        assertThat(with(report -> report.isRefusedWith(UNSUPPORTED_DATA))).isEqualTo(Expected.FAILED);
        assertThat(reports.values())
                .filteredOn(report -> !Expected.FAILED.contains(report.id()))
                .allSatisfy(report -> {
                    assertThat(report.behavior()).isIn("OK", "NON-STRICT", "INFORMATIONAL");
                    assertThat(report.behaviorClose()).isIn("OK", "INFORMATIONAL");
                    assertThat(report.wasClean()).isTrue();
                });
    }

    @Test
    @DisplayName("What is not strict, and what Autobahn only tells, is known by its id")
    void what_is_not_strict_is_known() {
        assertThat(with(report -> report.behavior().equals("NON-STRICT")))
                .containsAll(Expected.NON_STRICT)
                .isSubsetOf(union(Expected.NON_STRICT, Expected.NOT_ALWAYS_STRICT));
        assertThat(with(report -> report.behavior().equals("INFORMATIONAL"))).isEqualTo(Expected.INFORMATIONAL);
    }

    @Test
    @DisplayName("Invariants 2 and 7: in every session each text and command is accounted for, and the stop is clean")
    void the_laws_hold_in_every_session() {
        assertThat(SESSIONS).allSatisfy((id, ended) -> {
            ServiceStatus status = ended.status();
            assertThat(ended.stop()).isEqualTo(StopReport.CLEAN);
            assertThat(status.events().conserved()).isTrue();
            assertThat(status.events().queued()).isEqualTo(Tally.ZERO);
            assertThat(status.events().dropped()).isEqualTo(Tally.ZERO);
            assertThat(status.events().discarded()).isEqualTo(Tally.ZERO);
            assertThat(status.commands().conserved()).isTrue();
            assertThat(status.commands().inFlight()).isZero();
            assertThat(status.commands().issued())
                    .isEqualTo(status.events().delivered().events());
            ConnectionStatus connection = status.connections().get(0);
            assertThat(connection.epoch()).isOne();
            assertThat(connection.attempts()).isOne();
            assertThat(connection.state()).isEqualTo(ConnectionState.STOPPED);
        });
    }

    private static void print() {
        long nonStrict = with(report -> report.behavior().equals("NON-STRICT")).size();
        long informational =
                with(report -> report.behavior().equals("INFORMATIONAL")).size();
        long refused = with(report -> report.isRefusedWith(UNSUPPORTED_DATA)).size();
        long ok = with(report ->
                        report.behavior().equals("OK") && report.behaviorClose().equals("OK"))
                .size();
        System.out.println("conformance: " + reports.size() + " rows, " + ok + " ok, " + nonStrict + " non-strict, "
                + informational + " informational, " + refused + " refused binary");
    }

    private static Set<String> with(Predicate<CaseReport> property) {
        return reports.values().stream().filter(property).map(CaseReport::id).collect(Collectors.toSet());
    }

    private static Set<String> union(Set<String> these, Set<String> those) {
        Set<String> union = new TreeSet<>(these);
        union.addAll(those);
        return union;
    }

    private static Set<Thread> hostThreads() {
        return Stream.of(Thread.getAllStackTraces().keySet().toArray(Thread[]::new))
                .filter(thread -> thread.getName().startsWith("headgate-"))
                .collect(Collectors.toSet());
    }
}
