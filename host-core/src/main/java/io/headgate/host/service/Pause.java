package io.headgate.host.service;

import java.util.concurrent.atomic.AtomicLong;

/** Lets one thing through, and the next one a second later at the earliest. Safe for any thread. */
final class Pause {

    private static final long MILLIS = 1_000;

    private final AtomicLong nextAtMillis = new AtomicLong();

    boolean isOver(long atMillis) {
        long next = nextAtMillis.get();
        return atMillis >= next && nextAtMillis.compareAndSet(next, atMillis + MILLIS);
    }
}
