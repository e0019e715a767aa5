package io.headgate.host.authority;

import java.time.Duration;
import java.util.Objects;

/**
 * How a plugin's services come back when their output has failed. Durations have a resolution of 1 ms. The wait doubles from
 * {@code first} with every further failure, up to {@code max}; once an incarnation has lasted for {@code stableAfter}, the
 * next failure counts as a first one again.
 *
 * @param attempts how many restarts may follow one another without a stable incarnation between, 0 for none at all: 0 to
 *     1,000,000, by default 10
 * @param first how long the first restart waits: 1 ms to 1 d, by default 1 s
 * @param max the longest a restart waits: {@code first} to 1 d, by default 60 s
 * @param stableAfter how long an incarnation has to last to count as stable: 1 ms to 1 d, by default 60 s
 * @param waiting what becomes of the texts that wait when an incarnation has ended, by default
 *     {@link WaitingTexts#HAND_OVER}
 */
public record RestartSettings(int attempts, Duration first, Duration max, Duration stableAfter, WaitingTexts waiting) {

    static final int MAX_ATTEMPTS = 1_000_000;
    static final Duration SHORTEST = Duration.ofMillis(1);
    static final Duration LONGEST = Duration.ofDays(1);

    private static final RestartSettings DEFAULTS = new RestartSettings(
            10, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60), WaitingTexts.HAND_OVER);

    /** Checks the components. */
    public RestartSettings {
        Require.inRange("attempts", attempts, 0, MAX_ATTEMPTS, "restarts");
        Require.inRange("first", first, SHORTEST, LONGEST);
        Require.inRange("max", max, first, LONGEST);
        Require.inRange("stableAfter", stableAfter, SHORTEST, LONGEST);
        Objects.requireNonNull(waiting, "waiting");
    }

    /**
     * The default settings.
     *
     * @return 10 attempts, from 1 s to 60 s, stable after 60 s, {@link WaitingTexts#HAND_OVER}
     */
    public static RestartSettings defaults() {
        return DEFAULTS;
    }

    /**
     * The same settings with another bound on restarts.
     *
     * @param newAttempts see {@link #attempts()}
     * @return the settings
     */
    public RestartSettings withAttempts(int newAttempts) {
        return new RestartSettings(newAttempts, first, max, stableAfter, waiting);
    }

    /**
     * The same settings with another backoff.
     *
     * @param newFirst see {@link #first()}
     * @param newMax see {@link #max()}
     * @return the settings
     */
    public RestartSettings withBackoff(Duration newFirst, Duration newMax) {
        return new RestartSettings(attempts, newFirst, newMax, stableAfter, waiting);
    }

    /**
     * The same settings with another stable period.
     *
     * @param newStableAfter see {@link #stableAfter()}
     * @return the settings
     */
    public RestartSettings withStableAfter(Duration newStableAfter) {
        return new RestartSettings(attempts, first, max, newStableAfter, waiting);
    }

    /**
     * The same settings with another use of what waits.
     *
     * @param newWaiting see {@link #waiting()}
     * @return the settings
     */
    public RestartSettings withWaiting(WaitingTexts newWaiting) {
        return new RestartSettings(attempts, first, max, stableAfter, newWaiting);
    }
}
