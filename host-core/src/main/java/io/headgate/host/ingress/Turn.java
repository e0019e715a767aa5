package io.headgate.host.ingress;

import java.util.AbstractQueue;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one incarnation's sink sees of the lane: a queue that ends with the incarnation, and that cannot be cleared.
 *
 * <p>A unicast sink clears its queue when it is cancelled or fails; what waits belongs to the service, not to the
 * incarnation (RC#3359), so {@link #clear} does nothing. {@link #poll} only shows an event; it leaves the lane when it is
 * claimed.
 *
 * <pre>
 *   waits ─ show, under the lock: ─► shown ─┬─ claim, by the worker, one after another: the plugin's, and settled by
 *           several texts at once           │   whoever takes the lane's lock next
 *                                           └─ withdraw, under the lock: all that is not claimed waits again
 * </pre>
 *
 * <p>A claim needs no lock: one atomic exchange says whether the worker or the lane was first. A poll takes it
 * once for all that is shown together.
 */
final class Turn extends AbstractQueue<Waiting> {

    private final IngressLane lane;
    /** The first place that is shown and not claimed; the others stand behind it, see {@link Waiting#shownNext}. */
    private final AtomicReference<@Nullable Waiting> unclaimed = new AtomicReference<>();
    /** Of what is shown; whoever polls owns it. */
    private @Nullable Waiting nextToPoll;

    Turn(IngressLane lane) {
        this.lane = lane;
    }

    /** Under the lane's lock. */
    void show(Waiting first) {
        unclaimed.set(first);
    }

    /** By the worker, in the order in which they are shown. Answers whether the place is the plugin's now. */
    boolean claim(Waiting place) {
        boolean claimed = unclaimed.compareAndSet(place, place.shownNext);
        if (claimed) {
            // Else what is old would keep all that has come behind it. One that was not claimed may be shown to
            // another.
            place.shownNext = null;
        }
        return claimed;
    }

    /** Under the lane's lock: nothing is shown any more. Answers the first place that was not claimed. */
    @Nullable
    Waiting withdraw() {
        return unclaimed.getAndSet(null);
    }

    /** The first place that is shown and not claimed. */
    @Nullable
    Waiting unclaimed() {
        return unclaimed.get();
    }

    /** Takes nothing: what is emitted is in the lane already, whichever turn it is. The sink looks into it after this. */
    @Override
    public boolean offer(Waiting waiting) {
        return true;
    }

    @Override
    public @Nullable Waiting poll() {
        Waiting polled = nextToPoll == null ? lane.show(this) : nextToPoll;
        nextToPoll = polled == null ? null : polled.shownNext;
        return polled;
    }

    /** Never shows anything: the operators that may stand behind a sink do not peek. */
    @Override
    public @Nullable Waiting peek() {
        return null;
    }

    @Override
    public int size() {
        return lane.unclaimed(this);
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public void clear() {
        // What waits is handed over to the next incarnation.
    }

    @Override
    public Iterator<Waiting> iterator() {
        return Collections.emptyIterator();
    }
}
