package io.headgate.samples.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.headgate.samples.standalone.peer.TestPeer;
import io.headgate.samples.standalone.process.HeadgateCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

/**
 * {@code headgate status --json}, {@code /status}, the metrics and the page say what the ledger says, while peers send too much, go away
 * and come back, and plugins fail. A number that only grows lies between what the ledger said before and after it was read; once nothing
 * moves any more, all are equal.
 */
@Tag("operate")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class AgreementTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SOAK = Duration.ofSeconds(Integer.getInteger("agreement.seconds", 20));
    /** Of each connection, as numbers. */
    private static final int PAGE_FIGURES = 6;
    /** The metrics are of a status that is a second old at most. */
    private static final Duration OLDEST = Duration.ofMillis(1_200);

    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: demo
                websocket:
                  - {target: "${uri}", access: [subscribe, send], addresses: loopback}
                  - {target: "${silent}", access: [subscribe], addresses: loopback}
                limits: {queue-events: 16}
                reconnect: {policy: backoff, first: 50ms, max: 200ms}
                restart: {attempts: 100000, first: 10ms, max: 50ms}
            """;

    private final long seed = Long.getLong("agreement.seed", System.nanoTime());
    private final TestPeer peer = TestPeer.start();
    private final Chromium chromium = Chromium.start();
    private WatchedHost host;
    private Page page;

    @BeforeEach
    void start() {
        String manifest = "version: 1\nid: demo\nrelease: 1.0.0\nservices:\n"
                + IntStream.range(0, 4)
                        .mapToObj(service -> "  - name: s-%d\n    class: demo.S\n    connections:\n".formatted(service)
                                + IntStream.range(0, 5)
                                        .mapToObj(at ->
                                                "      - {name: c-%d, target: \"%s\", access: [subscribe, send]}\n"
                                                        .formatted(at, peer.uri(at == 4 ? "silent" : "gateway")))
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining());
        host = WatchedHost.start(
                manifest,
                GRANTS.replace("${uri}", peer.uri("gateway")).replace("${silent}", peer.uri("silent")),
                new SoakedPlugin());
        page = chromium.browser().newPage();
        page.navigate(host.url());
        page.waitForFunction("() => document.querySelectorAll('#connections tbody tr:not(.error)').length === 20");
    }

    @AfterEach
    void end() {
        chromium.close();
        host.close();
        peer.close();
    }

    private String get(String path) {
        return Objects.requireNonNull(HttpClient.newConnection()
                .get()
                .uri(host.url() + path)
                .responseContent()
                .aggregate()
                .asString()
                .block(LIMIT));
    }

    /** What the page shows once it has been brought up to date, twice. */
    private Map<String, Long> shown() {
        for (int times = 0; times < 2; times++) {
            PlaywrightAssertions.assertThat(page.locator("#updated"))
                    .not()
                    .hasText(page.locator("#updated").textContent());
        }
        return Figures.ofPage(page);
    }

    private Map<String, Supplier<Map<String, Long>>> tellers() {
        return Map.of(
                "/status", () -> Figures.ofJson(get("status")),
                "headgate status --json",
                        () -> Figures.ofJson(HeadgateCommand.run("status", "--json", "--url", host.url())),
                "/metrics", () -> Figures.ofMetrics(get("metrics")),
                "the page", this::shown);
    }

    private static void pause(Duration duration) {
        Mono.delay(duration).block(LIMIT);
    }

    private void trouble(Random random) {
        switch (random.nextInt(20)) {
            case 0 -> {
                peer.goAway();
                peer.comeBack();
            }
            case 1 -> peer.close(1_001, "going away");
            case 2 -> peer.send("fail");
            default -> IntStream.range(0, random.nextInt(60)).forEach(at -> peer.send("text " + at));
        }
    }

    @Test
    @DisplayName("all say what the ledger says")
    void agree() {
        Random random = new Random(seed);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Disposable troubles = Flux.interval(Duration.ofMillis(50), Schedulers.boundedElastic())
                .onBackpressureDrop()
                .subscribe(tick -> trouble(random), failure::set);
        long until = System.nanoTime() + SOAK.toNanos();
        int readings = 0;
        while (System.nanoTime() < until) {
            for (Map.Entry<String, Supplier<Map<String, Long>>> teller :
                    tellers().entrySet()) {
                Map<String, Long> before = Figures.ofLedger(host.status());
                pause(OLDEST);
                Map<String, Long> told = teller.getValue().get();
                Map<String, Long> after = Figures.ofLedger(host.status());
                assertThat(told)
                        .as(teller.getKey())
                        .hasSize(teller.getKey().equals("the page") ? 20 * PAGE_FIGURES : before.size());
                assertThat(told)
                        .as("%s, seed %d", teller.getKey(), seed)
                        .isNotEmpty()
                        .allSatisfy((figure, value) -> {
                            if (!figure.endsWith(Figures.QUEUED)) {
                                assertThat(value).as(figure).isBetween(before.get(figure), after.get(figure));
                            }
                        });
                readings++;
            }
        }
        troubles.dispose();
        assertThat(failure).hasNullValue();
        Map<String, Long> last = settled();
        assertThat(List.of("received", "dropped", "sent", "c-4 refused", "sessions"))
                .as("something happened of each, seed %d", seed)
                .allSatisfy(figure -> assertThat(total(last, figure)).as(figure).isPositive());
        tellers().forEach((name, teller) -> {
            pause(OLDEST);
            Map<String, Long> told = teller.get();
            assertThat(last).as("%s, seed %d", name, seed).containsAllEntriesOf(told);
        });
        System.out.printf(
                "agreement: OK seed=%d readings=%d received=%d dropped=%d sent=%d refused=%d failed=%d sessions=%d%n",
                seed,
                readings,
                total(last, "received"),
                total(last, "dropped"),
                total(last, "sent"),
                total(last, "refused"),
                total(last, "failed"),
                total(last, "sessions"));
    }

    private static long total(Map<String, Long> figures, String figure) {
        return figures.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(" " + figure))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What the ledger says when it has said the same for a second. */
    private Map<String, Long> settled() {
        return Objects.requireNonNull(Flux.interval(Duration.ofSeconds(1), Schedulers.boundedElastic())
                .map(tick -> Figures.ofLedger(host.status()))
                .buffer(2, 1)
                .filter(two -> two.get(0).equals(two.get(1)))
                .map(two -> two.get(0))
                .blockFirst(LIMIT));
    }
}
