package io.headgate.host.authority;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a service may go with URIs that its plugin names, as it does for a connection that is declared by a pattern.
 *
 * @param atOnce how many connections that are declared by a pattern may be dialled or open at once, 1 to 1,024; default 64
 * @param opens how many URIs may be opened in any period of that length, wherever it begins, 1 to 10,000; default 120
 * @param per the period, 1 ms to 1 day, in whole milliseconds; default 60 s
 */
public record OpenLimits(int atOnce, int opens, Duration per) {

    static final int MAX_AT_ONCE = ServiceDeclaration.MAX_CONNECTIONS;
    static final int MAX_OPENS = 10_000;
    static final Duration SHORTEST = Duration.ofMillis(1);
    static final Duration LONGEST = Duration.ofDays(1);

    private static final OpenLimits DEFAULTS = new OpenLimits(64, 120, Duration.ofSeconds(60));
    private static final Pattern BUDGET = Pattern.compile("([1-9]\\d{0,4})/(.{1,16})");

    /** Checks the components. */
    public OpenLimits {
        Require.inRange("atOnce", atOnce, 1, MAX_AT_ONCE, "connections");
        Require.inRange("opens", opens, 1, MAX_OPENS, "URIs");
        Require.inRange("per", per, SHORTEST, LONGEST);
        if (per.toNanos() % SHORTEST.toNanos() != 0) {
            throw new IllegalArgumentException("per must be whole milliseconds, is " + per);
        }
    }

    /**
     * The limits nobody changed.
     *
     * @return 64 at once, and 120 in 60 s
     */
    public static OpenLimits defaults() {
        return DEFAULTS;
    }

    /**
     * The same limits for another number of connections.
     *
     * @param newAtOnce see {@link #atOnce()}
     * @return the limits
     */
    public OpenLimits withAtOnce(int newAtOnce) {
        return new OpenLimits(newAtOnce, opens, per);
    }

    /**
     * The same limits with another budget of opened URIs, as a grant file spells it.
     *
     * @param text such as {@code 120/60s}; the period with {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}
     * @return the limits
     * @throws IllegalArgumentException when it is none, or out of its bounds
     */
    public OpenLimits withBudget(String text) {
        Matcher budget = BUDGET.matcher(text);
        if (!budget.matches()) {
            throw new IllegalArgumentException("a budget must be a number of URIs, / and a duration");
        }
        return new OpenLimits(atOnce, Integer.parseInt(budget.group(1)), DurationText.parse(budget.group(2)));
    }

    /**
     * The budget of opened URIs, as a grant file spells it.
     *
     * @return such as {@code 120/60s}
     */
    public String budget() {
        return opens + "/" + DurationText.format(per);
    }
}
