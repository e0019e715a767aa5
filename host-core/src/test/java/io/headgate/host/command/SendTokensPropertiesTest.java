package io.headgate.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.SendBudget;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import reactor.test.scheduler.VirtualTimeScheduler;

/** R10, invariant 1: a peer that counts in windows of its own never counts more texts than a budget allows. */
final class SendTokensPropertiesTest {

    private static final Duration DAY = Duration.ofDays(1);

    /** What happens at one moment: time goes on, a text wants to leave, or the oldest that is on its way has left. */
    private record Step(int kind, long micros) {}

    /** One text: it may have left at any moment between the two. */
    private static final class Text {
        final long takenMicros;
        long leftMicros = Long.MAX_VALUE;

        Text(long takenMicros) {
            this.takenMicros = takenMicros;
        }
    }

    /** Tokens in virtual time, and all that they let out. */
    private static final class Run {
        final VirtualTimeScheduler time = VirtualTimeScheduler.create();
        final SendTokens tokens = new SendTokens(time, DAY);
        final List<Text> texts = new ArrayList<>();
        int left;

        long micros() {
            return time.now(TimeUnit.MICROSECONDS);
        }

        boolean take() {
            boolean taken = tokens.take();
            if (taken) {
                texts.add(new Text(micros()));
            }
            return taken;
        }

        void oneHasLeft() {
            if (left < texts.size()) {
                texts.get(left++).leftMicros = micros();
                tokens.left();
            }
        }

        /** The most that a peer can have seen in a period, however each text was delayed on its way. */
        long most(long perMicros) {
            return texts.stream()
                    .mapToLong(text -> seenWithin(text.leftMicros, perMicros))
                    .max()
                    .orElse(0);
        }

        private long seenWithin(long from, long perMicros) {
            long to = from > Long.MAX_VALUE - perMicros ? Long.MAX_VALUE : from + perMicros;
            return texts.stream()
                    .filter(text -> text.takenMicros <= to && text.leftMicros >= from)
                    .count();
        }

        /** What may have left since then. */
        long since(long fromMicros) {
            return texts.stream().filter(text -> text.leftMicros >= fromMicros).count();
        }
    }

    @Property(tries = 1000)
    void noWindowOfAPeersHasMoreThanTheBudgets(
            @ForAll("budgets") List<SendBudget> budgets, @ForAll("steps") List<Step> steps) {
        Run run = new Run();
        run.tokens.use(budgets);
        for (Step step : steps) {
            run(run, step, budgets);
        }

        for (SendBudget budget : budgets) {
            assertThat(run.most(micros(budget))).as("texts in %s", budget).isLessThanOrEqualTo(budget.texts());
        }
    }

    private static void run(Run run, Step step, List<SendBudget> budgets) {
        if (step.kind() == 0) {
            run.time.advanceTimeBy(Duration.ofNanos(1000 * step.micros()));
        } else if (step.kind() == 1) {
            run.oneHasLeft();
        } else if (!run.take()) {
            // Nor is a token kept back: with a thousandth of the period more, some window would be full.
            assertThat(budgets).anyMatch(budget -> {
                long late = micros(budget) + micros(budget) / 1000 + 2000;
                return run.since(run.micros() - late) >= budget.texts();
            });
        }
    }

    @Property(tries = 1000)
    void whatWaitsIsLookedAtAgainWhenThereIsAToken(
            @ForAll("budgets") List<SendBudget> budgets, @ForAll("steps") List<Step> steps) {
        Run run = new Run();
        run.tokens.use(budgets);
        IssuedCommand waits = new CommandFixture().admitted(OutputCommand.sendText("chat", "x"));
        for (Step step : steps) {
            run(run, step, budgets);
        }
        while (run.left < run.texts.size()) {
            run.oneHasLeft();
        }

        int looks = 0;
        while (!run.take()) {
            waits.arrivedAt(run.tokens.now());
            run.time.advanceTimeBy(Duration.ofMillis(run.tokens.pause(waits)));
            assertThat(++looks).as("looks").isLessThanOrEqualTo(1 + budgets.size());
        }
    }

    /** What has left counts on in whatever comes next, as far back as each budget since then looked. */
    @Property(tries = 1000)
    void aChangeForgetsNothing(@ForAll("changes") List<SendBudget> changes, @ForAll("steps") List<Step> steps) {
        Run run = new Run();
        SendBudget now = changes.get(0);
        long remembered = micros(now);
        run.tokens.use(List.of(now));
        int every = Math.max(1, steps.size() / changes.size());
        for (int at = 0; at < steps.size(); at++) {
            if (at % every == 0) {
                now = changes.get(Math.min(changes.size() - 1, at / every));
                remembered = Math.min(remembered, micros(now));
                run.tokens.use(List.of(now));
            }
            Step step = steps.get(at);
            if (step.kind() == 0) {
                run.time.advanceTimeBy(Duration.ofNanos(1000 * step.micros()));
            } else if (step.kind() == 1) {
                run.oneHasLeft();
            } else if (run.take()) {
                assertThat(run.since(run.micros() - remembered)).isLessThanOrEqualTo(now.texts());
            }
        }
    }

    private static long micros(SendBudget budget) {
        return TimeUnit.MILLISECONDS.toMicros(budget.per().toMillis());
    }

    private static Arbitrary<SendBudget> budget() {
        Arbitrary<Long> per = Arbitraries.of(1L, 2L, 7L, 50L, 999L, 1000L, 1001L, 2500L, 60_000L);
        return Combinators.combine(Arbitraries.integers().between(1, 12), per)
                .as((texts, millis) -> new SendBudget(texts, Duration.ofMillis(millis)));
    }

    @Provide
    Arbitrary<List<SendBudget>> budgets() {
        return budget().list().uniqueElements().ofMinSize(1).ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<SendBudget>> changes() {
        return budget().list().ofMinSize(2).ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        // About as long as the periods: else there is no window to be on the edge of.
        Arbitrary<Long> micros = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 3000),
                Arbitraries.longs().between(0, 100_000),
                Arbitraries.longs().between(0, 61_000_000),
                Arbitraries.of(1000L, 50_000L, 999_000L, 1_000_000L, 1_001_000L, 60_000_000L, 60_060_000L));
        return Combinators.combine(Arbitraries.of(0, 1, 1, 2, 2, 2), micros)
                .as(Step::new)
                .list()
                .ofMaxSize(120);
    }
}
