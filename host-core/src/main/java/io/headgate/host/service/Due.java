package io.headgate.host.service;

import java.time.Duration;

/**
 * An attempt that is to come.
 *
 * @param attempt its number, from 1
 * @param atMillis when it is due
 */
record Due(int attempt, long atMillis) implements Reconnects.Next {

    Duration inFrom(long nowMillis) {
        return Duration.ofMillis(Math.max(0, atMillis - nowMillis));
    }

    /** For the end of a sentence. */
    String told(long nowMillis) {
        return "attempt " + attempt + " comes in " + inFrom(nowMillis).toMillis() + " ms";
    }
}
