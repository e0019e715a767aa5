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
 *   nothing ─ show, under the lock ─► shown ─┬─ claim, by the worker ──────► nothing: the plugin's, and settled by whoever
 *                                            │                               takes the lane's lock next
 *                                            └─ withdraw, under the lock ──► nothing: waits again
 * </pre>
 *
 * <p>A claim needs no lock: one atomic exchange says whether the worker or the lane was first.
 */
final class Turn extends AbstractQueue<Waiting> {

    private final IngressLane lane;
    private final AtomicReference<@Nullable Waiting> shown = new AtomicReference<>();

    Turn(IngressLane lane) {
        this.lane = lane;
    }

    /** Under the lane's lock. */
    void show(Waiting place) {
        shown.set(place);
    }

    /** By the worker. Answers whether the place is the plugin's now. */
    boolean claim(Waiting place) {
        return shown.compareAndSet(place, null);
    }

    /** Under the lane's lock. Answers whether the place waits again; else it was claimed. */
    boolean withdraw(Waiting place) {
        return shown.compareAndSet(place, null);
    }

    /** Under the lane's lock, of the place that was shown last: whether it has been claimed since. */
    boolean hasClaimed(Waiting place) {
        return shown.get() != place;
    }

    /** Takes nothing: what is emitted is in the lane already, whichever turn it is. The sink looks into it after this. */
    @Override
    public boolean offer(Waiting waiting) {
        return true;
    }

    @Override
    public @Nullable Waiting poll() {
        return lane.show(this);
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
