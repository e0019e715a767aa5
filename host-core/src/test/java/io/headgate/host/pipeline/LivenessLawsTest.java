package io.headgate.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.LivenessSettings;
import io.headgate.host.ingress.Held;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** R6: no peer that does its part is given up, whatever its pace; and one that dies is found within the bound. */
final class LivenessLawsTest {

    /** Of a peer that answers late, but in time, and speaks often enough; that is held now and then, while the clock jumps. */
    @Property(tries = 300)
    void nobodyWhoLivesIsGivenUp(
            @ForAll @IntRange(min = 1, max = 60) int interval,
            @ForAll @IntRange(min = 3, max = 60) int timeout,
            @ForAll @IntRange(min = 3, max = 90) int noBytes,
            @ForAll @IntRange(min = 3, max = 90) int noData,
            @ForAll long seed) {
        Random random = new Random(seed);
        try (WatchedSession session = new WatchedSession(settings(interval, timeout, noBytes, noData))) {
            int lagged = 0;
            for (int second = 0, silent = 0; second < 1_000; second++) {
                if (random.nextInt(5) == 0 && lagged == 0) {
                    session.peer.lag();
                }
                // Held back for two seconds less than what is waited for: one for the step, one for the look.
                lagged = lagged + 1 < timeout - 1 && random.nextInt(8) > 0 ? lagged + 1 : 0;
                if (lagged == 0) {
                    session.peer.resume();
                }
                silent++;
                if (silent >= Math.min(noBytes, noData) - 1 || random.nextInt(20) == 0) {
                    session.peer.text("x");
                    silent = 0;
                }
                if (random.nextInt(200) == 0) {
                    session.clock.jump(Duration.ofSeconds(random.nextInt(-100_000, 100_000)));
                }
                session.held = random.nextInt(30) == 0
                        ? new Held(1, session.held.times() + 1)
                        : new Held(0, session.held.times());
                session.seconds(1);
                assertThat(session.isOver())
                        .as("after %d s: %s, %s", second, session.failed, session.frames)
                        .isFalse();
            }
        }
    }

    @Property(tries = 300)
    void whoDiesIsFoundWithinTheBound(
            @ForAll @IntRange(min = 1, max = 60) int interval,
            @ForAll @IntRange(min = 1, max = 60) int timeout,
            @ForAll @IntRange(min = 2, max = 90) int noBytes,
            @ForAll @IntRange(min = 0, max = 500) int lives,
            @ForAll boolean deafOnly) {
        try (WatchedSession session = new WatchedSession(settings(interval, timeout, noBytes, 86_400))) {
            for (int second = 0; second < lives; second++) {
                session.seconds(1);
                session.peer.text("x");
            }
            session.peer.ignorePings();
            long died = lives * 1_000L;
            long pings = interval * 1_000L + timeout * 1_000L;
            long bound = died + (deafOnly ? pings : Math.min(pings, noBytes * 1_100L));
            for (int second = 0; second < 200 && !session.isOver(); second++) {
                if (deafOnly) {
                    session.peer.text("x");
                }
                session.seconds(1);
            }
            assertThat(session.endedAt).isBetween(died + Math.min(timeout, noBytes) * 1_000L - 1_000, bound);
            assertThat(session.failed).isNotNull();
        }
    }

    private static LivenessSettings settings(int interval, int timeout, int noBytes, int noData) {
        return LivenessSettings.never()
                .withPings(Duration.ofSeconds(interval), Duration.ofSeconds(timeout))
                .withNoBytes(Optional.of(Duration.ofSeconds(noBytes)))
                .withNoData(Optional.of(Duration.ofSeconds(noData)));
    }
}
