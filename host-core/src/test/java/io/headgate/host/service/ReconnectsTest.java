package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.ReconnectSettings;
import io.headgate.host.service.Reconnects.Again;
import io.headgate.host.service.Reconnects.Down;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What follows the end of an attempt, without a host. */
final class ReconnectsTest {

    private static final ReconnectSettings SETTINGS =
            ReconnectSettings.defaults().withWait(Duration.ofSeconds(1), Duration.ofSeconds(60));

    @Test
    void the_wait_doubles_up_to_its_cap() {
        Reconnects policy = new Reconnects(SETTINGS, () -> 0);

        List<Long> waits = new ArrayList<>();
        for (int attempt = 1; attempt <= 9; attempt++) {
            Again again = (Again) policy.after(AttemptEnd.PLAIN, 0, 0);
            assertThat(again.attempt()).isEqualTo(attempt);
            waits.add(again.waitMillis());
        }

        assertThat(waits).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L, 60_000L);
    }

    /** What is waited lies between the half and the whole of what would be without jitter. */
    @Property(tries = 1000)
    void theJitterIsBounded(
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random,
            @ForAll @IntRange(min = 1, max = 100) int attempts) {
        Reconnects jittered = new Reconnects(SETTINGS, () -> random);
        Reconnects whole = new Reconnects(SETTINGS, () -> 0);

        for (int attempt = 0; attempt < attempts; attempt++) {
            long most = ((Again) whole.after(AttemptEnd.PLAIN, 0, 0)).waitMillis();
            assertThat(((Again) jittered.after(AttemptEnd.PLAIN, 0, 0)).waitMillis())
                    .isBetween(most / 2, most);
        }
    }

    @Test
    void only_a_stable_session_begins_anew() {
        Reconnects policy = new Reconnects(SETTINGS.withStableAfter(Duration.ofSeconds(10)), () -> 0);

        assertThat(policy.after(AttemptEnd.PLAIN, 0, 0)).isEqualTo(new Again(1, 1_000));
        assertThat(policy.after(AttemptEnd.PLAIN, 9_999, 0)).isEqualTo(new Again(2, 2_000));
        assertThat(policy.after(AttemptEnd.PLAIN, 10_000, 0)).isEqualTo(new Again(1, 1_000));
    }

    @Test
    void what_is_permanent_ends_it() {
        Reconnects policy = new Reconnects(SETTINGS.withPermanent(List.of(403), List.of(4004)), () -> 0);

        assertThat(policy.after(new AttemptEnd(403, 0, null), 0, 0)).isEqualTo(new Down("the answer 403 is permanent"));
        assertThat(policy.after(new AttemptEnd(0, 4004, null), 0, 0))
                .isEqualTo(new Down("the close code 4004 is permanent"));
        assertThat(policy.after(new AttemptEnd(401, 0, null), 0, 0)).isInstanceOf(Again.class);
    }

    @Test
    void attempts_in_a_row_are_bounded() {
        Reconnects policy = new Reconnects(SETTINGS.withAttempts(2, 1_000), () -> 0);
        policy.after(AttemptEnd.PLAIN, 0, 0);
        policy.after(AttemptEnd.PLAIN, 0, 0);

        assertThat(policy.after(AttemptEnd.PLAIN, 0, 0)).isEqualTo(new Down("all attempts in a row are used up: 2"));
    }

    @Test
    void dials_of_a_day_are_bounded() {
        long day = Duration.ofDays(1).toMillis();
        Reconnects policy = new Reconnects(SETTINGS.withAttempts(1_000, 3), () -> 0);
        policy.dialled(0);
        policy.dialled(1_000);
        policy.dialled(2_000);

        assertThat(policy.after(AttemptEnd.PLAIN, 0, 3_000))
                .isEqualTo(new Down("all dials of 24 hours are used up: 3"));
        assertThat(policy.after(AttemptEnd.PLAIN, 0, day - 1_000)).isEqualTo(new Again(1, 1_000));
    }

    @Test
    void a_peer_that_asks_for_more_time_gets_it() {
        Reconnects policy = new Reconnects(SETTINGS, () -> 0);
        AttemptEnd end = new AttemptEnd(503, 0, Duration.ofSeconds(90));

        assertThat(policy.after(end, 0, 0)).isEqualTo(new Again(1, 90_000));
        assertThat(policy.after(new AttemptEnd(503, 0, Duration.ZERO), 0, 0)).isEqualTo(new Again(2, 2_000));
    }

    @Test
    void what_a_peer_asks_for_is_bounded_and_spread_as_its_backoff_is() {
        Reconnects spread = new Reconnects(SETTINGS, () -> 1);
        AttemptEnd endless = new AttemptEnd(503, 0, Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(spread.after(new AttemptEnd(503, 0, Duration.ofSeconds(90)), 0, 0))
                .isEqualTo(new Again(1, 90_500));
        assertThat(spread.after(endless, 0, 0))
                .isEqualTo(new Again(2, Duration.ofDays(1).toMillis() + 1_000));
        assertThat(spread.after(new AttemptEnd(503, 0, Duration.ofSeconds(-1)), 0, 0))
                .isEqualTo(new Again(3, 2_000));
    }

    @Test
    void with_manual_nobody_but_the_plugin_dials() {
        Reconnects policy = new Reconnects(ReconnectSettings.manual(), () -> 0);

        assertThat(policy.after(AttemptEnd.PLAIN, 1_000_000, 0)).isEqualTo(new Down(""));
    }
}
