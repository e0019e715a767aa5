package io.headgate.host.authority;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many texts one connection may send: at most so many in any period of that length, wherever it begins. A peer that counts
 * in windows of its own, such as 120 texts in 60 s, never counts more. All of them may leave at once; {@code 20/10s} is the
 * same rate as {@code 120/60s}, in smaller bursts.
 *
 * @param texts how many, 1 to 1,000,000
 * @param per the period, 1 ms to 1 day, in whole milliseconds
 */
public record SendBudget(int texts, Duration per) {

    static final int MAX_TEXTS = 1_000_000;
    static final Duration SHORTEST = Duration.ofMillis(1);
    static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern BUDGET = Pattern.compile("([1-9]\\d{0,6})/(.{1,16})");

    /** Checks the components. */
    public SendBudget {
        Require.inRange("texts", texts, 1, MAX_TEXTS, "texts");
        Require.inRange("per", per, SHORTEST, LONGEST);
        if (per.toNanos() % SHORTEST.toNanos() != 0) {
            throw new IllegalArgumentException("per must be whole milliseconds, is " + per);
        }
    }

    /**
     * Makes a budget as a grant file spells it.
     *
     * @param text such as {@code 120/60s}; the period with {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}
     * @return the budget
     * @throws IllegalArgumentException when it is none, or out of its bounds
     */
    public static SendBudget parse(String text) {
        Matcher budget = BUDGET.matcher(text);
        if (!budget.matches()) {
            throw new IllegalArgumentException("a send budget must be a number of texts, / and a duration");
        }
        return new SendBudget(Integer.parseInt(budget.group(1)), DurationText.parse(budget.group(2)));
    }

    /** As a grant file spells it. */
    @Override
    public String toString() {
        return texts + "/" + DurationText.format(per);
    }
}
