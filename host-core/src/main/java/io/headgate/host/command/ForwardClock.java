package io.headgate.host.command;

import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/** A scheduler's clock that never goes back: one that was set back stands still, and goes on from there. Guarded by who holds it. */
final class ForwardClock {

    private final Scheduler scheduler;
    private long lastMillis;
    private long setBackByMillis;

    ForwardClock(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** What it said last. */
    long lastMillis() {
        return lastMillis;
    }

    long millis() {
        long told = scheduler.now(TimeUnit.MILLISECONDS) + setBackByMillis;
        if (told < lastMillis) {
            setBackByMillis += lastMillis - told;
            return lastMillis;
        }
        lastMillis = told;
        return told;
    }
}
