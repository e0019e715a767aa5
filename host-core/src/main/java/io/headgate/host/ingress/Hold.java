package io.headgate.host.ingress;

import java.time.Duration;
import java.util.Objects;

/**
 * How long {@link OverflowPolicy#HOLD} holds a connection, and what ends it.
 *
 * @param longest how long a connection may wait for room without a break: 1 ms to 1 d, by default 30 s
 * @param end what happens then, by default {@link HoldEnd#CLOSE}
 */
public record Hold(Duration longest, HoldEnd end) {

    /** The shortest {@link #longest}. */
    public static final Duration SHORTEST = Duration.ofMillis(1);

    /** The longest {@link #longest}. */
    public static final Duration LONGEST = Duration.ofDays(1);

    private static final Hold DEFAULTS = new Hold(Duration.ofSeconds(30), HoldEnd.CLOSE);

    /** Checks the components. */
    public Hold {
        if (longest.compareTo(SHORTEST) < 0 || longest.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("longest must be from 1 ms to 1 d, is " + longest);
        }
        Objects.requireNonNull(end, "end");
    }

    /**
     * The defaults.
     *
     * @return 30 s, {@link HoldEnd#CLOSE}
     */
    public static Hold defaults() {
        return DEFAULTS;
    }
}
