package io.headgate.host.ws.soak;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.headgate.guards.ReportingLeakDetector;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * Two hundred connections of twenty services, and faults of every kind from all sides, for as long as one likes: {@code soak.minutes}.
 * All faults are a function of {@code soak.seed}, which is printed. R4, R7, R10; invariants 1 to 7.
 */
@Tag("soak")
final class SoakTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double MINUTES = Double.parseDouble(System.getProperty("soak.minutes", "5"));

    private static final Logger REACTOR_NETTY = (Logger) LoggerFactory.getLogger("reactor.netty");

    /** It says each dial that fails, with its stack. */
    @BeforeAll
    static void silenceTheLibrary() {
        REACTOR_NETTY.setLevel(Level.ERROR);
    }

    @AfterAll
    static void letItSpeak() {
        REACTOR_NETTY.setLevel(null);
    }

    private static long seed() {
        String given = System.getProperty("soak.seed", "");
        return given.isEmpty() ? new Random().nextInt(Integer.MAX_VALUE) : Long.parseLong(given);
    }

    @Test
    @DisplayName("Every law holds every second, everything comes back, and nothing is left")
    @Timeout(24 * 60 * 60)
    void soak() throws InterruptedException {
        long seed = seed();
        String run = "seed=" + seed + " minutes=" + MINUTES;
        System.out.println("soak: " + run);
        try {
            System.out.println("soak: OK " + run + " " + soaked(seed));
        } catch (AssertionError | RuntimeException failed) {
            System.out.println("soak: FAILED " + run + " " + failed.getMessage());
            throw failed;
        }
    }

    private static SoakCounts soaked(long seed) throws InterruptedException {
        Footprint.warm();
        Footprint before = Footprint.now();
        SoakCounts counts;
        try (SoakRun run = new SoakRun(seed, Duration.ofMillis((long) (MINUTES * 60_000)))) {
            counts = run.run();
        }
        nothingIsLeft(before);
        return counts;
    }

    private static void nothingIsLeft(Footprint before) throws InterruptedException {
        assertThat(Flux.interval(Duration.ofMillis(50))
                        .map(look -> before.threadsSince())
                        .takeUntil(List::isEmpty)
                        .take(LIMIT)
                        .blockLast())
                .as("threads that are left")
                .isEmpty();
        assertThat(ReportingLeakDetector.drain()).as("buffers that leaked").isEmpty();
        assertThat(Footprint.buffersNow()).as("buffers that nobody released").isEqualTo(before.buffers());
        assertThat(Footprint.directBytesNow())
                .as("bytes outside the heap")
                .isLessThanOrEqualTo(before.directBytes() + Footprint.CACHED_BYTES);
    }
}
