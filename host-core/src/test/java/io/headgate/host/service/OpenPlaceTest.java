package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.OpenLimits;
import io.headgate.host.authority.Verdict;
import io.headgate.host.command.OpenTokens;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The place of a connection that is declared by a pattern. */
@Timeout(60)
final class OpenPlaceTest {

    private static final int ROUNDS = 5_000;

    private final OpenTokens tokens =
            new OpenTokens(VirtualTimeScheduler.create(), OpenLimits.defaults().withAtOnce(2));
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void one_that_is_declared_by_a_uri_takes_none() {
        OpenPlace declared = new OpenPlace(tokens, false);

        assertThat(declared.take(false)).isEqualTo(Verdict.ALLOWED);

        assertThat(free()).isEqualTo(2);
    }

    @Test
    void one_that_has_a_place_takes_no_other() {
        OpenPlace place = new OpenPlace(tokens, true);

        assertThat(place.take(false)).isEqualTo(Verdict.ALLOWED);
        assertThat(place.take(false)).isEqualTo(Verdict.ALLOWED);

        assertThat(free()).isEqualTo(1);
    }

    @Test
    @DisplayName("of a stop and an end of a dial that come together, one gives the place back")
    void is_given_back_once() throws Exception {
        OpenPlace place = new OpenPlace(tokens, true);
        AtomicInteger round = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Callable<Void> ends = () -> {
            for (int mine = 1; mine <= ROUNDS; mine++) {
                while (round.get() < mine) {
                    Thread.onSpinWait();
                }
                place.giveBack();
                done.incrementAndGet();
            }
            return null;
        };
        List<Future<Void>> both = List.of(threads.submit(ends), threads.submit(ends));

        for (int next = 1; next <= ROUNDS; next++) {
            assertThat(place.take(false)).isEqualTo(Verdict.ALLOWED);
            round.set(next);
            while (done.get() < 2 * next) {
                Thread.yield();
            }
        }
        for (Future<Void> ended : both) {
            ended.get();
        }

        assertThat(free()).isEqualTo(2);
    }

    /** Takes all that are left. */
    private int free() {
        int free = 0;
        while (tokens.take(true, false) instanceof Verdict.Allowed) {
            free++;
        }
        return free;
    }
}
