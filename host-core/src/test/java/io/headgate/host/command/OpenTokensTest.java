package io.headgate.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.OpenLimits;
import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/** R10: how many URIs a service opens, and how often. */
final class OpenTokensTest {

    private static final Duration PERIOD = Duration.ofMillis(100);

    /** No period has more opened URIs than the budget, and none is refused that would have fitted. */
    @Property(tries = 2000)
    void theBudgetIsExact(
            @ForAll @IntRange(min = 1, max = 5) int most,
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 60) Integer> pauses) {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        OpenTokens tokens = new OpenTokens(time, new OpenLimits(1, most, PERIOD));
        List<Long> opened = new ArrayList<>();

        for (int pause : pauses) {
            time.advanceTimeBy(Duration.ofMillis(pause));
            long now = time.now(TimeUnit.MILLISECONDS);
            long lately =
                    opened.stream().filter(at -> at > now - PERIOD.toMillis()).count();
            boolean allowed = tokens.take(false, true) instanceof Verdict.Allowed;
            assertThat(allowed).isEqualTo(lately < most);
            if (allowed) {
                opened.add(now);
            }
        }
    }

    @Test
    void says_when_the_next_one_may_be_opened() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        OpenTokens tokens = new OpenTokens(time, new OpenLimits(1, 2, PERIOD));
        tokens.take(false, true);
        time.advanceTimeBy(Duration.ofMillis(30));
        tokens.take(false, true);

        Verdict refused = tokens.take(false, true);

        assertThat(refused)
                .isEqualTo(Verdict.refused(
                        Rule.OVER_OPEN_BUDGET,
                        "the service has used up its budget of opened URIs, 2/100ms, and has a token again in 70 ms",
                        "open less often, or raise limits.opens.budget in the grant"));
    }

    @Test
    void a_dial_that_opens_no_uri_takes_none_of_the_budget() {
        OpenTokens tokens = new OpenTokens(VirtualTimeScheduler.create(), new OpenLimits(3, 1, PERIOD));

        assertThat(tokens.take(true, false)).isEqualTo(Verdict.ALLOWED);
        assertThat(tokens.take(true, false)).isEqualTo(Verdict.ALLOWED);
        assertThat(tokens.take(true, true)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void what_is_refused_takes_nothing() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        OpenTokens tokens = new OpenTokens(time, new OpenLimits(1, 1, PERIOD));
        tokens.take(true, false);

        assertThat(rule(tokens.take(true, true))).isEqualTo(Rule.TOO_MANY_OPEN);
        assertThat(tokens.take(false, true)).isEqualTo(Verdict.ALLOWED);
        tokens.giveBack();
        assertThat(rule(tokens.take(true, true))).isEqualTo(Rule.OVER_OPEN_BUDGET);
        assertThat(tokens.take(true, false)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void a_clock_that_is_set_back_keeps_nobody_waiting_longer() {
        SetBack clock = new SetBack();
        OpenTokens tokens = new OpenTokens(clock, new OpenLimits(1, 1, PERIOD));
        clock.millis = 1_000_000;
        tokens.take(false, true);
        clock.millis = 0;

        assertThat(rule(tokens.take(false, true))).isEqualTo(Rule.OVER_OPEN_BUDGET);
        clock.millis = PERIOD.toMillis();
        assertThat(tokens.take(false, true)).isEqualTo(Verdict.ALLOWED);
    }

    private static Rule rule(Verdict verdict) {
        return ((Verdict.Refused) verdict).rule();
    }

    /** A clock that a test sets. */
    private static final class SetBack implements Scheduler {

        private long millis;

        @Override
        public long now(TimeUnit unit) {
            return unit.convert(millis, TimeUnit.MILLISECONDS);
        }

        @Override
        public Disposable schedule(Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Worker createWorker() {
            throw new UnsupportedOperationException();
        }
    }
}
