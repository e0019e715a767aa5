package io.headgate.samples.benchmarks.contender;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A thread that sends for a client whose queue has no end, or one that it does not wait at: a little ahead of the wire. */
final class Sender {

    /** How much may wait in a client's queue, so that it never runs dry. */
    static final int AHEAD_BYTES = 1 << 20;

    private static final long WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private Sender() {}

    /**
     * Begins.
     *
     * @param isAhead whether enough waits in the queue
     * @param sends sends one text; false ends it
     */
    static void start(BooleanSupplier isAhead, BooleanSupplier sends) {
        Thread thread = new Thread(() -> run(isAhead, sends), "sender");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(BooleanSupplier isAhead, BooleanSupplier sends) {
        while (sends.getAsBoolean()) {
            while (isAhead.getAsBoolean()) {
                LockSupport.parkNanos(WAIT_NANOS);
            }
        }
    }
}
