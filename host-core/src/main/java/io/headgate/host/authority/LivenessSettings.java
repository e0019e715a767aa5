package io.headgate.host.authority;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How the host finds out that a peer is not there any more, or has nothing to say. Durations have a resolution of 1 ms. While the
 * host holds a peer back, none of it counts.
 *
 * @param pingInterval how long after the last ping the host sends the next one, but not before that one is answered: 10 ms to 1 d, by
 *     default 20 s; empty for none
 * @param pongTimeout how long a ping waits for its answer before the peer counts as gone: 10 ms to 1 d, by default 20 s. What was sent
 *     before it, each way, has to come through within it
 * @param noBytes after how long without a single byte, over TLS without a whole record, the peer counts as gone, noticed within a tenth of it: 10 ms to 1 d, by default
 *     60 s; empty for never
 * @param noData after how long without a message the session is closed, noticed within a tenth of it; a ping or a pong is none, nor
 *     is a part of one: 10 ms to 1 d, by default empty, which is never
 */
public record LivenessSettings(
        Optional<Duration> pingInterval, Duration pongTimeout, Optional<Duration> noBytes, Optional<Duration> noData) {

    static final Duration SHORTEST = Duration.ofMillis(10);
    static final Duration LONGEST = Duration.ofDays(1);

    private static final LivenessSettings DEFAULTS = new LivenessSettings(
            Optional.of(Duration.ofSeconds(20)),
            Duration.ofSeconds(20),
            Optional.of(Duration.ofSeconds(60)),
            Optional.empty());

    /** Checks the components. */
    public LivenessSettings {
        pingInterval.ifPresent(interval -> Require.inRange("pingInterval", interval, SHORTEST, LONGEST));
        Require.inRange("pongTimeout", Objects.requireNonNull(pongTimeout, "pongTimeout"), SHORTEST, LONGEST);
        noBytes.ifPresent(limit -> Require.inRange("noBytes", limit, SHORTEST, LONGEST));
        noData.ifPresent(limit -> Require.inRange("noData", limit, SHORTEST, LONGEST));
    }

    /**
     * The default settings.
     *
     * @return a ping 20 s after the last one, 20 s for its answer, 60 s without a byte, no limit without a message
     */
    public static LivenessSettings defaults() {
        return DEFAULTS;
    }

    /**
     * Settings by which nothing is looked at.
     *
     * @return no pings and no limits
     */
    public static LivenessSettings never() {
        return DEFAULTS.withoutPings().withNoBytes(Optional.empty());
    }

    /**
     * The same settings with other pings.
     *
     * @param interval see {@link #pingInterval()}
     * @param timeout see {@link #pongTimeout()}
     * @return the settings
     */
    public LivenessSettings withPings(Duration interval, Duration timeout) {
        return new LivenessSettings(Optional.of(interval), timeout, noBytes, noData);
    }

    /**
     * The same settings without pings.
     *
     * @return the settings
     */
    public LivenessSettings withoutPings() {
        return new LivenessSettings(Optional.empty(), pongTimeout, noBytes, noData);
    }

    /**
     * The same settings with another limit without a byte.
     *
     * @param limit see {@link #noBytes()}
     * @return the settings
     */
    public LivenessSettings withNoBytes(Optional<Duration> limit) {
        return new LivenessSettings(pingInterval, pongTimeout, limit, noData);
    }

    /**
     * The same settings with another limit without a message.
     *
     * @param limit see {@link #noData()}
     * @return the settings
     */
    public LivenessSettings withNoData(Optional<Duration> limit) {
        return new LivenessSettings(pingInterval, pongTimeout, noBytes, limit);
    }
}
