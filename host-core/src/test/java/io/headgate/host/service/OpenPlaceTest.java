package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.OpenLimits;
import io.headgate.host.authority.Verdict;
import io.headgate.host.command.OpenTokens;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The place of a connection that is declared by a pattern. */
@Timeout(60)
final class OpenPlaceTest {

    private static final int PLACES = 1_000;
    private static final int ROUNDS = 3_000;

    private final OpenTokens tokens = tokens(2);
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void one_that_is_declared_by_a_uri_takes_none() {
        OpenPlace declared = new OpenPlace(tokens, false);

        assertThat(declared.take(false)).isEqualTo(Verdict.ALLOWED);

        assertThat(free(tokens)).isEqualTo(2);
    }

    @Test
    void one_that_has_a_place_takes_no_other() {
        OpenPlace place = new OpenPlace(tokens, true);

        assertThat(place.take(false)).isEqualTo(Verdict.ALLOWED);
        assertThat(place.take(false)).isEqualTo(Verdict.ALLOWED);

        assertThat(free(tokens)).isEqualTo(1);
    }

    @Test
    @DisplayName("of a stop and an end of a dial that come together, one gives the place back")
    void is_given_back_once() throws Exception {
        OpenTokens many = tokens(PLACES);
        List<OpenPlace> places = IntStream.range(0, PLACES)
                .mapToObj(unused -> new OpenPlace(many, true))
                .toList();
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Void> ends = () -> {
            start.await();
            places.forEach(OpenPlace::giveBack);
            return null;
        };

        for (int round = 0; round < ROUNDS; round++) {
            assertThat(places).allMatch(place -> place.take(false) instanceof Verdict.Allowed);
            for (Future<Void> ended : threads.invokeAll(List.of(ends, ends))) {
                ended.get();
            }
        }

        assertThat(free(many)).isEqualTo(PLACES);
    }

    private static OpenTokens tokens(int atOnce) {
        return new OpenTokens(
                VirtualTimeScheduler.create(), OpenLimits.defaults().withAtOnce(atOnce));
    }

    /** Takes all that are left. */
    private static int free(OpenTokens tokens) {
        int free = 0;
        while (tokens.take(true, false) instanceof Verdict.Allowed) {
            free++;
        }
        return free;
    }
}
