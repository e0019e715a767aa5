package io.headgate.samples.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.samples.standalone.peer.TestPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files for Prometheus and Grafana, with a real Prometheus that scrapes a real host. */
@Tag("operate")
@Timeout(180)
final class MonitoringTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path FILES = Path.of(System.getProperty("basedir", "."), "operate");

    private Path folder;

    @BeforeEach
    void folder(@TempDir Path given) {
        folder = given;
    }

    private static String promtool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(FILES.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check config prometheus.yml", "check rules headgate-alerts.yml"})
    void theFilesAreUnderstood(String arguments) throws IOException {
        assertThat(promtool(arguments.split(" "))).contains("SUCCESS").doesNotContain("FAILED");
    }

    @Test
    @DisplayName("each alert is raised by what it is for, and none by a host that is well")
    void alerts() throws IOException {
        assertThat(promtool("test", "rules", "headgate-alerts-test.yml"))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
        String tests = Files.readString(FILES.resolve("headgate-alerts-test.yml"));
        assertThat(Files.readString(FILES.resolve("headgate-alerts.yml"))
                        .lines()
                        .filter(line -> line.contains("- alert: ")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(tests)
                        .contains("alertname: " + line.strip().substring("- alert: ".length()) + "\n")
                        .contains("alertname: " + line.strip().substring("- alert: ".length()) + ", "));
    }

    private List<String> dashboardQueries() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(FILES.resolve("headgate-dashboard.json")));
        return dashboard.findValuesAsString("expr").stream()
                .map(query -> query.replace("$instance", ".*")
                        .replace("$plugin", ".*")
                        .replace("$service", ".*")
                        .replace("$__rate_interval", "10s"))
                .toList();
    }

    @Test
    @DisplayName("every query of the dashboard has an answer, and every rule is evaluated, over what a host tells")
    void aRealScrape() throws IOException {
        List<String> queries = dashboardQueries();
        assertThat(queries)
                .hasSizeGreaterThan(25)
                .allSatisfy(query -> assertThat(query).doesNotContain("$"));
        try (TestPeer peer = TestPeer.start(text -> "go on")) {
            PumpFiles.write(folder, peer.uri("gateway"));
            try (HostProcess host = HostProcess.start(folder)) {
                host.await(() -> peer.sessions() == 1, "connected");
                IntStream.range(0, 8).forEach(at -> peer.send("go"));
                Files.copy(FILES.resolve("headgate-alerts.yml"), folder.resolve("headgate-alerts.yml"));
                Files.writeString(
                        folder.resolve("prometheus.yml"),
                        Files.readString(FILES.resolve("prometheus.yml"))
                                        .replace("127.0.0.1:9464", host.url().substring("http://".length()))
                                        .replace("scrape_interval: 10s", "scrape_interval: 1s")
                                + "global: {evaluation_interval: 1s}\n");
                try (PrometheusProcess prometheus = PrometheusProcess.start(folder)) {
                    assertThat(queries).allSatisfy(query -> assertAnswered(prometheus, query));
                    assertThat(ruleMetrics()).allSatisfy(metric -> assertAnswered(prometheus, metric));
                    assertThat(prometheus.rules()).isNotEmpty().allSatisfy(rule -> {
                        assertThat(rule.path("health").asString())
                                .as("%s", rule)
                                .isEqualTo("ok");
                        assertThat(rule.path("state").asString().equals("inactive"))
                                .as("%s", rule)
                                .isEqualTo(!List.of("HeadgateConnectionsDenied", "HeadgateDegraded")
                                        .contains(rule.path("name").asString()));
                    });
                }
            }
        }
    }

    private static List<String> ruleMetrics() throws IOException {
        return Pattern.compile("headgate_\\w+")
                .matcher(Files.readString(FILES.resolve("headgate-alerts.yml")))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    /** A rate needs two scrapes. */
    private static void assertAnswered(PrometheusProcess prometheus, String query) {
        Boolean answered = Flux.interval(Duration.ofMillis(200), Schedulers.boundedElastic())
                .map(tick -> !prometheus.query(query).isEmpty())
                .filter(Boolean::booleanValue)
                .blockFirst(LIMIT);
        assertThat(answered).as(query).isTrue();
    }
}
