package io.headgate.host.ws.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a proxy did, and in the middle of whatever it is closed: no thread, no socket and no byte is left of it. */
@Timeout(180)
final class FaultProxyLeavesNothingTest {

    private static final long SEED = 20_261_128;
    private static final int SCRIPTS = 100;
    private static final int MOST_BYTES = 64;

    @Test
    void afterAHundredRandomScripts() throws IOException {
        Random random = new Random(SEED);
        for (int n = 0; n < SCRIPTS; n++) {
            TcpScript script = script(random);
            try (ServerSocket listening = TcpPair.listen()) {
                FaultProxy proxy = FaultProxy.to("127.0.0.1", listening.getLocalPort());
                proxy.onConnect(script).onConnect(script);
                List<TcpPair> pairs = new ArrayList<>();
                try {
                    for (int pair = 0; pair < 2; pair++) {
                        connect(proxy, listening).ifPresent(pairs::add);
                    }
                    pairs.forEach(pair -> play(pair, random));
                    if (random.nextBoolean()) {
                        proxy.now(fault(random));
                    }
                } finally {
                    proxy.close();
                    for (TcpPair pair : pairs) {
                        pair.close();
                    }
                }
                assertNothingIsLeft(proxy.counts(), script);
            }
        }
    }

    /** Empty where it was reset so early that the one who dials saw nothing else. */
    private static Optional<TcpPair> connect(FaultProxy proxy, ServerSocket listening) throws IOException {
        try {
            return Optional.of(TcpPair.through(proxy, listening));
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
            return Optional.empty();
        }
    }

    private static void assertNothingIsLeft(TcpCounts counts, TcpScript script) {
        assertThat(counts.accepted()).as("%s", script).isEqualTo(2);
        assertThat(counts.open()).as("%s", script).isZero();
        for (Way way : Way.values()) {
            TcpCounts.Ledger ledger = counts.of(way);
            assertThat(ledger.held()).as("%s", script).isZero();
            assertThat(ledger.passed() + ledger.lost()).as("%s", script).isEqualTo(ledger.read());
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("fault-proxy"));
    }

    private static TcpScript script(Random random) {
        TcpScript script = TcpScript.of(fault(random));
        for (int steps = random.nextInt(4); steps > 0; steps--) {
            script = random.nextBoolean()
                    ? script.after(way(random), 1 + random.nextInt(MOST_BYTES), fault(random))
                    : script.after(Duration.ofMillis(1 + random.nextInt(5)), fault(random));
        }
        return script;
    }

    private static TcpFault fault(Random random) {
        List<TcpFault> all = List.of(
                TcpFault.pass(),
                TcpFault.delay(way(random), Duration.ofMillis(1 + random.nextInt(100))),
                TcpFault.throttle(way(random), 1 + random.nextInt(1_000)),
                TcpFault.slice(way(random), 1 + random.nextInt(10)),
                TcpFault.vanish(way(random)),
                TcpFault.freeze(),
                TcpFault.cut(),
                TcpFault.reset());
        TcpFault one = all.get(random.nextInt(all.size()));
        return random.nextInt(4) == 0 ? one.and(all.get(random.nextInt(all.size()))) : one;
    }

    private static Way way(Random random) {
        return random.nextBoolean() ? Way.TO_HOST : Way.TO_PEER;
    }

    /** What the other side makes of it is of no interest: a write may find that all has ended. */
    private static void play(TcpPair pair, Random random) {
        IntStream.range(0, random.nextInt(6)).forEach(n -> {
            Way way = way(random);
            try {
                switch (random.nextInt(8)) {
                    case 0 -> pair.at(way).shutdownOutput();
                    case 1 -> pair.reset(way);
                    default -> pair.send(way, "x".repeat(1 + random.nextInt(MOST_BYTES)));
                }
            } catch (IOException ended) {
                assertThat(ended.getMessage()).isNotBlank();
            }
        });
    }
}
