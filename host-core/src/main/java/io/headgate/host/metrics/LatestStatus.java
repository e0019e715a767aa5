package io.headgate.host.metrics;

import io.headgate.host.service.HostStatus;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One status for all meters that are read together: taking one is dear, and meters of two would not agree with each other. Safe for any
 * thread.
 */
final class LatestStatus implements Supplier<HostStatus> {

    private final Supplier<HostStatus> source;
    private final Duration validFor;
    private final LongSupplier nanoTime;
    // Guarded by this.
    private @Nullable HostStatus latest;
    private long takenAtNanos;

    LatestStatus(Supplier<HostStatus> source, Duration validFor, LongSupplier nanoTime) {
        this.source = source;
        this.validFor = validFor;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized HostStatus get() {
        long now = nanoTime.getAsLong();
        HostStatus seen = latest;
        if (seen != null && now - takenAtNanos < validFor.toNanos()) {
            return seen;
        }
        HostStatus fresh = source.get();
        latest = fresh;
        takenAtNanos = now;
        return fresh;
    }
}
