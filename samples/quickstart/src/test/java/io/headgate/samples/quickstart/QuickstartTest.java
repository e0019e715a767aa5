package io.headgate.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs the demo in process, over real sockets: what it says at the end is held against those who took part. */
final class QuickstartTest {

    private static final Pattern NUMBER = Pattern.compile("(\\w+)=(\\d+)");
    private static final Pattern GAP = Pattern.compile("gap: (\\d+) texts are missing");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(DemoSettings settings, Mono<Void> interrupted) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        run = new Demo(settings, out, interrupted).run().cache();
        return Quickstart.exitStatus(run, out);
    }

    private Mono<Reckoning> run = Mono.empty();

    private Mono<Void> said(String... words) {
        return Flux.interval(Duration.ofMillis(20))
                .filter(tick -> Stream.of(words).allMatch(printed.toString(StandardCharsets.UTF_8)::contains))
                .next()
                .then();
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String lastLine() {
        return lines().get(lines().size() - 1);
    }

    private Map<String, Long> numbers() {
        return NUMBER.matcher(lastLine())
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> Long.parseLong(found.group(2))));
    }

    @Test
    @Timeout(60)
    void everyTextAndEveryCommandIsAccountedFor() {
        int status = run(new DemoSettings(6, ""), Mono.never());

        assertThat(lastLine())
                .matches("demo: OK received=\\d+ delivered=\\d+ dropped=\\d+ discarded=\\d+ queued=\\d+"
                        + " issued=\\d+ sent=\\d+ done=\\d+ denied=\\d+ rejected=\\d+ failed=\\d+");
        assertThat(status).isZero();
        GatewayCounts gateway = run.block().gateway();
        Map<String, Long> counts = numbers();
        assertThat(counts.get("received"))
                .isEqualTo(gateway.chat().sent() + gateway.feed().sent())
                .isEqualTo(counts.get("delivered")
                        + counts.get("dropped")
                        + counts.get("discarded")
                        + counts.get("queued"));
        assertThat(counts.get("sent"))
                .isEqualTo(gateway.chat().received() + gateway.feed().received());
        assertThat(counts.get("issued"))
                .isEqualTo(counts.get("sent")
                        + counts.get("done")
                        + counts.get("denied")
                        + counts.get("rejected")
                        + counts.get("failed"));
        assertThat(counts.get("dropped")).isEqualTo(missingInPrintedGaps()).isPositive();
        assertThat(counts.get("denied")).isEqualTo(1);
        assertThat(counts.get("queued")).isZero();
        assertThat(gateway.identifies()).isEqualTo(2);
        assertThat(gateway.violations()).isZero();
        assertThat(gateway.feed().received()).as("nothing was sent to the feed").isZero();
        assertThat(counts.get("sent"))
                .as("identifies, replies and heartbeats")
                .isGreaterThan(gateway.identifies() + gateway.replies());
    }

    private long missingInPrintedGaps() {
        return lines().stream()
                .flatMap(line -> GAP.matcher(line).results())
                .map(MatchResult::group)
                .mapToLong(gap -> Long.parseLong(gap.replaceAll("\\D", "")))
                .sum();
    }

    @Test
    @Timeout(60)
    void whatAnOperatorWouldActOnIsSaid() {
        run(new DemoSettings(0, ""), said("target-not-granted", "send-not-granted"));

        assertThat(lines())
                .anyMatch(line -> line.contains("archive")
                        && line.contains("DENIED")
                        && line.contains("target-not-granted")
                        && line.contains("add to the grant"))
                .anyMatch(line ->
                        line.contains("feed") && line.contains("send-not-granted") && line.contains("add `send`"));
    }

    @Test
    @Timeout(60)
    void aStoryThatDidNotHappenFailsAndSaysWhy() {
        int status =
                run(new DemoSettings(0, ""), Mono.delay(Duration.ofSeconds(1)).then());

        assertThat(status).isEqualTo(1);
        assertThat(lastLine()).startsWith("demo: FAILED ").contains(" < ").contains(" received=");
    }
}
