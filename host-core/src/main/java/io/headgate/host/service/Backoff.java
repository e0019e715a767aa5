package io.headgate.host.service;

import java.time.Duration;

/** A wait that doubles, up to a cap. */
final class Backoff {

    /** 2^36 ms are more than any cap. */
    private static final int MOST_DOUBLINGS = 36;

    private Backoff() {}

    static long millis(Duration first, Duration max, int doublings) {
        long doubled = first.toMillis() << Math.min(doublings, MOST_DOUBLINGS);
        return doubled <= 0 || doubled > max.toMillis() ? max.toMillis() : doubled;
    }
}
