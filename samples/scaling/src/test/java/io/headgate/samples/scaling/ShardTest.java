package io.headgate.samples.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.test.PluginHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One shard by itself, in virtual time. */
final class ShardTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int STRIPES = 4;
    private static final int WAITING = 16;
    private static final Map<String, String> SETTINGS = Map.of("stripes", "4", "waiting", "16", "seconds", "30");
    private static final Bounds BOUNDS = Bounds.of(SETTINGS);

    private final KeyedGateway gateway = new KeyedGateway(1);
    private final Workplace work = new Workplace();

    private PluginHarness harness() {
        return PluginHarness.of(new Shard(work, ServiceContext::scheduler), SETTINGS);
    }

    private PluginHarness playing() {
        return harness().play("gateway", gateway);
    }

    private static String keyOf(int stripe) {
        return IntStream.range(0, 1_000)
                .mapToObj(number -> "key-" + number)
                .filter(key -> BOUNDS.stripeOf(key) == stripe)
                .findFirst()
                .orElseThrow();
    }

    private static String siblingOf(String key) {
        return IntStream.range(0, 1_000)
                .mapToObj(number -> "sibling-" + number)
                .filter(other -> BOUNDS.stripeOf(other) == BOUNDS.stripeOf(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("the texts of a key are worked on one after another, however long each takes")
    void orderOfAKey() {
        try (PluginHarness harness = playing()) {
            for (String millis : List.of("300", "10", "200", "0", "1")) {
                gateway.send("a", millis);
            }
            harness.advance(Duration.ofMillis(300));
            assertThat(gateway.shard(0).done()).isOne();
            harness.advance(SECOND);
            assertThat(work.numbers("a")).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(gateway.settled()).isTrue();
            assertThat(work.broken()).isEmpty();
        }
    }

    @Test
    @DisplayName("a slow key holds up its own stripe, and no other")
    void independence() {
        try (PluginHarness harness = playing()) {
            gateway.send(keyOf(0), "20000");
            gateway.send(siblingOf(keyOf(0)), "0");
            for (int round = 0; round < 100; round++) {
                gateway.send(keyOf(1), "1");
                gateway.send(keyOf(2), "1");
                harness.advance(Duration.ofMillis(1));
            }
            assertThat(gateway.shard(0).done()).isEqualTo(200);
            assertThat(work.numbers(siblingOf(keyOf(0)))).isEmpty();
            harness.advance(Duration.ofSeconds(20));
            assertThat(gateway.settled()).isTrue();
        }
    }

    @Test
    @DisplayName("a thousand keys: as many at work as there are stripes, and all of them come to their end")
    void stripes() {
        try (PluginHarness harness = playing()) {
            IntStream.range(0, 1_000).forEach(key -> gateway.send("key-" + key, "1"));
            assertThat(work.atWork()).isEqualTo(STRIPES);
            harness.advance(SECOND);
            assertThat(work.most()).isEqualTo(STRIPES);
            assertThat(gateway.shard(0).done()).isEqualTo(1_000);
            assertThat(harness.waiting()).isZero();
        }
    }

    @Test
    @DisplayName("so many wait for their stripe, and one is at work; the rest waits where the host counts it")
    void bound() {
        try (PluginHarness harness = playing()) {
            IntStream.range(0, 500).forEach(text -> gateway.send(keyOf(0), "1"));
            assertThat(harness.waiting()).isEqualTo(500 - WAITING - 1);
            gateway.send(keyOf(1), "0");
            assertThat(work.numbers(keyOf(1))).isEmpty();
            harness.advance(SECOND);
            assertThat(gateway.settled()).isTrue();
        }
    }

    @Test
    @DisplayName("a text whose work fails or throws is answered so, and neither its key nor any other stands still")
    void failures() {
        try (PluginHarness harness = playing()) {
            for (String content : List.of("fail", "1", "throw", "1")) {
                gateway.send(keyOf(0), content);
                gateway.send(siblingOf(keyOf(0)), "1");
                gateway.send(keyOf(1), "1");
            }
            harness.advance(SECOND);
            assertThat(gateway.shard(0)).hasToString("12 sent, 10 done, 2 failed, 0 missed");
            assertThat(harness.reportedFailures()).hasSize(2);
        }
    }

    @Test
    @DisplayName("work that never ends is given up in time, and its key goes on")
    void endless() {
        try (PluginHarness harness = playing()) {
            gateway.send("a", "never");
            gateway.send("a", "0");
            harness.advance(Duration.ofSeconds(29));
            assertThat(gateway.shard(0).worked()).isZero();
            harness.advance(SECOND);
            assertThat(gateway.shard(0)).hasToString("2 sent, 1 done, 1 failed, 0 missed");
            assertThat(work.atWork()).isZero();
            assertThat(harness.reportedFailures()).hasSize(1);
        }
    }

    @Test
    @DisplayName("at a stop, all that came is finished and answered, what still waited too; then the output completes")
    void completion() {
        try (PluginHarness harness = harness().opened("gateway")) {
            IntStream.rangeClosed(1, 100).forEach(number -> harness.text("gateway", "a " + number + " 10"));
            assertThat(harness.waiting()).isPositive();
            harness.complete().advance(Duration.ofMillis(999));
            IntStream.rangeClosed(1, 99).forEach(number -> harness.expectSend("gateway", "done a " + number));
            harness.expectNothing().advance(Duration.ofMillis(1));
            harness.expectSend("gateway", "done a 100").expectFinished();
        }
    }

    @Test
    @DisplayName("a Gap is told to no key; each finds out by its own next number, and says what it has missed")
    void gap() {
        try (PluginHarness harness = playing()) {
            List.of("a", "b", "c").forEach(key -> gateway.send(key, "0"));
            gateway.sendUnseen("a");
            gateway.sendUnseen("a");
            gateway.sendUnseen("b");
            harness.gap("gateway", 3);
            List.of("a", "c", "c").forEach(key -> gateway.send(key, "0"));
            assertThat(gateway.shard(0)).hasToString("9 sent, 6 done, 0 failed, 2 missed");
            gateway.send("b", "0");
            assertThat(gateway.shard(0)).hasToString("10 sent, 7 done, 0 failed, 3 missed");
        }
    }

    @Test
    @DisplayName("a number that is missing where no Gap was is said to be, and reported")
    void missingUntold() {
        try (PluginHarness harness = playing()) {
            gateway.send("a", "0");
            gateway.sendUnseen("a");
            gateway.send("a", "0");
            assertThat(gateway.shard(0)).hasToString("3 sent, 2 done, 0 failed, 1 missed");
            assertThat(harness.reportedFailures())
                    .singleElement()
                    .satisfies(reported -> assertThat(reported.error()).hasMessageContaining("no Gap said so"));
        }
    }

    @Test
    @DisplayName("with the next session numbers begin anew, and what was in hand is answered to nobody")
    void nextSession() {
        try (PluginHarness harness = playing()) {
            gateway.send("a", "0");
            gateway.send("a", "0");
            gateway.send("a", "10");
            gateway.cut("a");
            harness.advance(SECOND);
            gateway.send("a", "0");
            assertThat(gateway.shard(0)).hasToString("4 sent, 3 done, 0 failed, 0 missed");
            assertThat(work.numbers("a")).containsExactly(1L, 2L, 3L, 1L);
        }
    }

    @Test
    @DisplayName("a text without a key is reported, without what it says, and holds up nothing")
    void unreadable() {
        try (PluginHarness harness = harness().opened("gateway")) {
            harness.text("gateway", "secret").text("gateway", "a 1 0").expectSend("gateway", "done a 1");
            assertThat(harness.reportedFailures())
                    .singleElement()
                    .satisfies(reported -> assertThat(reported.error())
                            .hasMessageContaining("in 6 bytes")
                            .hasMessageNotContaining("secret"));
        }
    }
}
