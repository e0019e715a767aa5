package io.headgate.host.authority;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * How a plugin's connections come back. All but the policy is for {@link ReconnectPolicyKind#BACKOFF}. Durations have a resolution
 * of 1 ms.
 *
 * <p>The wait doubles from {@code first} with every further attempt, up to {@code max}; of it, a random share between the half and
 * the whole is waited, so that connections which end together do not come back together. Once a session has stayed open for
 * {@code stableAfter}, the next attempt counts as a first one again.
 *
 * @param policy who dials again, by default {@link ReconnectPolicyKind#BACKOFF}
 * @param first how long the first attempt waits at most: 1 ms to 1 d, by default 1 s
 * @param max the longest an attempt waits, but for a peer that asks for more with {@code Retry-After}: {@code first} to 1 d, by
 *     default 60 s
 * @param stableAfter how long a session has to stay open to count as stable: 1 ms to 1 d, by default 60 s
 * @param attempts how many attempts may follow one another without a stable session between, 1 to 1,000,000, which is the default
 * @param perDay after how many dials of a connection in any 24 hours the host dials it no more by itself, 1 to 100,000, by default
 *     3,000; a plugin's own {@code Reconnect} is not bounded
 * @param permanentStatuses answers to the upgrade after which no attempt is made: HTTP statuses from 300 to 599, each once, at most
 *     64, by default 401, 403, 404, 410
 * @param permanentCloseCodes likewise a peer's Close codes, 1000 to 4999, by default none
 */
public record ReconnectSettings(
        ReconnectPolicyKind policy,
        Duration first,
        Duration max,
        Duration stableAfter,
        int attempts,
        int perDay,
        List<Integer> permanentStatuses,
        List<Integer> permanentCloseCodes) {

    static final Duration SHORTEST = Duration.ofMillis(1);
    static final Duration LONGEST = Duration.ofDays(1);
    static final int MAX_ATTEMPTS = 1_000_000;
    static final int MAX_PER_DAY = 100_000;
    static final int MAX_PERMANENT = 64;
    static final int LEAST_STATUS = 300;
    static final int MOST_STATUS = 599;
    static final int LEAST_CODE = 1000;
    static final int MOST_CODE = 4999;

    private static final ReconnectSettings BACKOFF = new ReconnectSettings(
            ReconnectPolicyKind.BACKOFF,
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            MAX_ATTEMPTS,
            3_000,
            List.of(401, 403, 404, 410),
            List.of());

    private static final ReconnectSettings MANUAL = BACKOFF.with(ReconnectPolicyKind.MANUAL);

    /** Copies and checks the components. */
    public ReconnectSettings {
        Objects.requireNonNull(policy, "policy");
        Require.inRange("first", first, SHORTEST, LONGEST);
        Require.inRange("max", max, first, LONGEST);
        Require.inRange("stableAfter", stableAfter, SHORTEST, LONGEST);
        Require.inRange("attempts", attempts, 1, MAX_ATTEMPTS, "attempts");
        Require.inRange("perDay", perDay, 1, MAX_PER_DAY, "dials");
        permanentStatuses = sorted("permanentStatuses", permanentStatuses, LEAST_STATUS, MOST_STATUS);
        permanentCloseCodes = sorted("permanentCloseCodes", permanentCloseCodes, LEAST_CODE, MOST_CODE);
    }

    /**
     * The default settings.
     *
     * @return policy {@link ReconnectPolicyKind#BACKOFF}
     */
    public static ReconnectSettings defaults() {
        return BACKOFF;
    }

    /**
     * Settings with which only the plugin has a connection dialled again.
     *
     * @return policy {@link ReconnectPolicyKind#MANUAL}
     */
    public static ReconnectSettings manual() {
        return MANUAL;
    }

    /**
     * The same settings with another wait.
     *
     * @param newFirst see {@link #first()}
     * @param newMax see {@link #max()}
     * @return the settings
     */
    public ReconnectSettings withWait(Duration newFirst, Duration newMax) {
        return new ReconnectSettings(
                policy, newFirst, newMax, stableAfter, attempts, perDay, permanentStatuses, permanentCloseCodes);
    }

    /**
     * The same settings with another stable period.
     *
     * @param newStableAfter see {@link #stableAfter()}
     * @return the settings
     */
    public ReconnectSettings withStableAfter(Duration newStableAfter) {
        return new ReconnectSettings(
                policy, first, max, newStableAfter, attempts, perDay, permanentStatuses, permanentCloseCodes);
    }

    /**
     * The same settings with other bounds on attempts.
     *
     * @param newAttempts see {@link #attempts()}
     * @param newPerDay see {@link #perDay()}
     * @return the settings
     */
    public ReconnectSettings withAttempts(int newAttempts, int newPerDay) {
        return new ReconnectSettings(
                policy, first, max, stableAfter, newAttempts, newPerDay, permanentStatuses, permanentCloseCodes);
    }

    /**
     * The same settings with other ends for good.
     *
     * @param newStatuses see {@link #permanentStatuses()}
     * @param newCloseCodes see {@link #permanentCloseCodes()}
     * @return the settings
     */
    public ReconnectSettings withPermanent(List<Integer> newStatuses, List<Integer> newCloseCodes) {
        return new ReconnectSettings(policy, first, max, stableAfter, attempts, perDay, newStatuses, newCloseCodes);
    }

    private ReconnectSettings with(ReconnectPolicyKind other) {
        return new ReconnectSettings(
                other, first, max, stableAfter, attempts, perDay, permanentStatuses, permanentCloseCodes);
    }

    private static List<Integer> sorted(String what, List<Integer> numbers, int least, int most) {
        Require.inRange(what, numbers.size(), 0, MAX_PERMANENT, "numbers");
        numbers.forEach(number -> Require.inRange(what, number, least, most, ""));
        return List.copyOf(new TreeSet<>(numbers));
    }
}
