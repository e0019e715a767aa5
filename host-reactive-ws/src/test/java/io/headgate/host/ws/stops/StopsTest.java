package io.headgate.host.ws.stops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.headgate.guards.ReportingLeakDetector;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.host.ws.WebSocketOptions;
import io.headgate.host.ws.soak.Footprint;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Two hundred starts and stops, in every state and under traffic: nothing is left of them. R1, R4, R6; invariants 2 and 7. */
final class StopsTest {

    private static final int ROUNDS = 200;
    /** Each kind of round once and more. */
    private static final int WARM_UP = 10;

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

    @Test
    @Timeout(600)
    @DisplayName("invariant 7: after 200 starts and stops no thread, socket, timer, buffer or class loader is left")
    void nothingIsLeft() throws IOException, InterruptedException {
        ReportingLeakDetector.drain();
        Map<String, Long> ofOthers = Left.instances();
        Footprint.warm();
        rounds(WARM_UP);
        awaitNoInstancesBeyond(ofOthers);
        Footprint before = Footprint.now();
        long descriptors = Left.descriptors();

        rounds(ROUNDS);

        Eventually.holds(() -> before.threadsSince().isEmpty(), () -> "threads are left: " + before.threadsSince());
        Eventually.holds(
                () -> Left.descriptors() <= descriptors,
                () -> Left.descriptors() + " sockets and selectors are left of " + descriptors);
        awaitNoInstancesBeyond(ofOthers);
        assertThat(ReportingLeakDetector.drain()).as("buffers that leaked").isEmpty();
        assertThat(Footprint.buffersNow()).as("buffers that nobody released").isLessThanOrEqualTo(before.buffers());
        // Told only: the chunks that Netty's allocator keeps are no measure of what is left.
        System.out.printf(
                "stops: OK rounds=%d states=%d threads=%d→%d sockets=%d→%d timers=0 buffers=%d→%d direct=%d→%d instances=0%n",
                ROUNDS,
                StopState.values().length,
                before.threads().size(),
                Thread.getAllStackTraces().size(),
                descriptors,
                Left.descriptors(),
                before.buffers(),
                Footprint.buffersNow(),
                before.directBytes(),
                Footprint.directBytesNow());
    }

    private static void awaitNoInstancesBeyond(Map<String, Long> ofOthers) {
        AtomicReference<List<String>> alive = new AtomicReference<>(List.of());
        Eventually.holds(
                () -> {
                    alive.set(Left.instancesBeyond(ofOthers));
                    return alive.get().isEmpty();
                },
                () -> "objects are left: " + alive.get());
    }

    /** Half of them on a driver of their own, and half on timers and threads of the test's. */
    private static void rounds(int rounds) throws IOException {
        CountedTimers timers = new CountedTimers();
        ReactorNettyDriver shared = driver(timers);
        try (StopPeer peer = new StopPeer()) {
            JarRound jar = JarRound.of(peer.port());
            for (int round = 0; round < rounds; round++) {
                boolean lends = round / 2 % 2 == 0;
                if (round / 3 % 2 == 0) {
                    new StopRound(RoundKind.of(round), peer, shared, timers, jar, lends).run();
                } else {
                    ReactorNettyDriver own = driver(timers);
                    try {
                        new StopRound(RoundKind.of(round), peer, own, timers, jar, lends).run();
                    } finally {
                        own.disposeLater().block(Eventually.LIMIT);
                    }
                }
            }
        } finally {
            shared.disposeLater().block(Eventually.LIMIT);
        }
    }

    private static ReactorNettyDriver driver(CountedTimers timers) {
        return ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(2), timers);
    }
}
