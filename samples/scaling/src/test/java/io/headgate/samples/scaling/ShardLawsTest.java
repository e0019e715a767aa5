package io.headgate.samples.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.test.PluginHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever comes in whichever order, and however long each takes: the order of each key is kept, and every text is accounted for. */
final class ShardLawsTest {

    private static final int STEPS = 300;
    private static final List<String> KEYS =
            IntStream.range(0, 12).mapToObj(number -> "key-" + number).toList();
    private static final List<String> CONTENTS = List.of("0", "0", "1", "7", "100", "3000", "fail", "throw");

    /** What there is for one try. */
    private static final class Try {
        private final KeyedGateway gateway = new KeyedGateway(1);
        private final Workplace work = new Workplace();
        private int unseen;
        private int failing;
    }

    @Property(tries = 100)
    void orderAndConservation(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 16) int stripes,
            @ForAll @IntRange(min = 1, max = 20) int waiting) {
        Random random = new Random(seed);
        Try now = new Try();
        Map<String, String> settings =
                Map.of("stripes", Integer.toString(stripes), "waiting", Integer.toString(waiting));
        try (PluginHarness harness = PluginHarness.of(new Shard(now.work, ServiceContext::scheduler), settings)) {
            harness.play("gateway", now.gateway);
            KEYS.forEach(key -> now.gateway.send(key, "0"));
            for (int step = 0; step < STEPS; step++) {
                step(now, harness, random);
                assertThat(now.work.atWork()).isLessThanOrEqualTo(stripes);
            }
            harness.advance(Duration.ofHours(1));
            KEYS.forEach(key -> now.gateway.send(key, "0"));
            assertAllAccountedFor(now, harness);
        }
    }

    private static void assertAllAccountedFor(Try now, PluginHarness harness) {
        KeyedGateway.Reckoning reckoning = now.gateway.shard(0);
        assertThat(reckoning.settled()).as(reckoning.toString()).isTrue();
        assertThat(reckoning.missed()).isEqualTo(now.unseen);
        assertThat(reckoning.failed()).isEqualTo(now.failing);
        assertThat(harness.reportedFailures()).hasSize(now.failing);
        assertThat(harness.waiting()).isZero();
        assertThat(now.work.broken()).isEmpty();
    }

    private static void step(Try now, PluginHarness harness, Random random) {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        switch (random.nextInt(10)) {
            case 0 -> {
                now.gateway.sendUnseen(key);
                harness.gap("gateway", 1);
                now.unseen++;
            }
            case 1, 2, 3 -> harness.advance(Duration.ofMillis(random.nextInt(200)));
            default -> {
                String content = CONTENTS.get(random.nextInt(CONTENTS.size()));
                now.failing += content.equals("fail") || content.equals("throw") ? 1 : 0;
                now.gateway.send(key, content);
            }
        }
    }
}
