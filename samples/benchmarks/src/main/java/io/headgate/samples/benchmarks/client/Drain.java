package io.headgate.samples.benchmarks.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Waits for texts that are still under way. */
public final class Drain {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private Drain() {}

    /**
     * Waits until a count has reached a number, or has not grown for 2 s.
     *
     * @param expected the number
     * @param count the count
     * @return the count then
     */
    public static long until(long expected, LongSupplier count) {
        long seen = count.getAsLong();
        long since = System.nanoTime();
        while (seen < expected && System.nanoTime() - since < PATIENCE_NANOS) {
            LockSupport.parkNanos(LOOK_NANOS);
            long now = count.getAsLong();
            since = now == seen ? since : System.nanoTime();
            seen = now;
        }
        return seen;
    }
}
