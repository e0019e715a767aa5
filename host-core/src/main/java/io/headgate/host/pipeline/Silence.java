package io.headgate.host.pipeline;

import java.time.Duration;
import java.util.Optional;

/** A limit on how long a count may stand still: looked at a few times within the limit, and never over too early. */
final class Silence {

    static final long NEVER = Long.MAX_VALUE;

    private final long limitNanos;
    private final long everyNanos;
    private long count;
    private long sinceNanos;

    /**
     * Makes one.
     *
     * @param limit empty for none
     * @param looks within the limit
     */
    Silence(Optional<Duration> limit, int looks) {
        this.limitNanos = limit.map(Duration::toNanos).orElse(NEVER);
        this.everyNanos = limitNanos / looks;
    }

    void restart(long now) {
        sinceNanos = now;
    }

    void leaveOut(long nanos) {
        sinceNanos += nanos;
    }

    /** What has moved since the last look counts as if it had only now. */
    void look(long counted, long now) {
        if (counted != count) {
            count = counted;
            sinceNanos = now;
        }
    }

    boolean isOver(long now) {
        return limitNanos != NEVER && now - sinceNanos >= limitNanos;
    }

    long nextIn(long now) {
        return limitNanos == NEVER ? NEVER : Math.min(everyNanos, limitNanos - (now - sinceNanos));
    }

    Duration limit() {
        return Duration.ofNanos(limitNanos);
    }
}
