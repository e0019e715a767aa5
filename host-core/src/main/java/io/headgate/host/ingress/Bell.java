package io.headgate.host.ingress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Wakes the worker. To wake a thread costs more than to put a text, and one read of a socket may bring a thousand: so what a session's
 * thread puts in is rung for once, when that thread turns to its next task, or as soon as it makes an eighth of what may wait. Any
 * thread.
 */
final class Bell {

    private static final int MOST = 64;
    private static final int PART = 8;

    private final Consumer<Waiting> rung;
    /** The most events that are rung for at once. */
    private final int together;
    /** What is larger is rung for by itself: so all that waits for a ring is within its part of the bytes too. */
    private final long small;

    private final AtomicInteger unrung = new AtomicInteger();

    Bell(LaneBounds bounds, Consumer<Waiting> rung) {
        this.rung = rung;
        this.together = Math.max(1, Math.min(MOST, bounds.maxEvents() / PART));
        this.small = bounds.maxBytes() / PART / together;
    }

    /** At once. */
    void ring(Waiting put) {
        rung.accept(put);
    }

    /** Behind what the session's thread is about, unless it is due already: then whoever rings it finds this event too. */
    void ringSoon(Waiting put, int bytes, Predicate<Runnable> sessionsThread) {
        int before = unrung.getAndIncrement();
        if (before + 1 >= together || bytes > small) {
            ringDue(put);
        } else if (before == 0 && !sessionsThread.test(() -> ringDue(put))) {
            ringDue(put);
        }
    }

    /** In this order: what is put in between is found by this ring, or rings again. */
    private void ringDue(Waiting put) {
        if (unrung.getAndSet(0) > 0) {
            rung.accept(put);
        }
    }
}
