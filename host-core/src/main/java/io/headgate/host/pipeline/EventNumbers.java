package io.headgate.host.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers the events of one epoch, from 1. Safe for several threads: what comes over the wire is numbered on the session's
 * thread and so ascends; what the host adds, such as a refusal, takes the next free number.
 */
public final class EventNumbers {

    private final AtomicLong last = new AtomicLong();

    /** Starts an epoch. */
    public EventNumbers() {}

    /**
     * The next number.
     *
     * @return from 1
     */
    public long next() {
        return last.incrementAndGet();
    }
}
