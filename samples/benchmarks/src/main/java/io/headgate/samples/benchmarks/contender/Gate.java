package io.headgate.samples.benchmarks.contender;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Holds the reading thread of a client that has one for each connection. */
final class Gate extends Handoff.Reading {

    private volatile boolean shut;
    private volatile @Nullable Thread reader;

    @Override
    void stop() {
        reader = Thread.currentThread();
        shut = true;
    }

    @Override
    void resume() {
        shut = false;
        LockSupport.unpark(reader);
    }

    /** Waits while it is shut; the thread that puts, after each put. */
    void pass() {
        while (shut && !Thread.currentThread().isInterrupted()) {
            LockSupport.park(this);
        }
    }
}
