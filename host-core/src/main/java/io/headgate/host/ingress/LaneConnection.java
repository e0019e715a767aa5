package io.headgate.host.ingress;

import io.headgate.plugin.IngressEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection's way into a lane, and its part of the ledger.
 *
 * <p>Get one from {@link IngressLane#connection(String)}. Every field is guarded by the lane's lock.
 */
public final class LaneConnection {

    private final IngressLane lane;
    private final String name;

    final RunningTally received = new RunningTally();
    final RunningTally delivered = new RunningTally();
    final RunningTally dropped = new RunningTally();
    final RunningTally discarded = new RunningTally();
    final RunningTally queued = new RunningTally();
    long controls;
    long replaced;
    long controlsDiscarded;
    long gaps;
    /** What was dropped after the last event that waits. */
    @Nullable
    Missing trailing;

    LaneConnection(IngressLane lane, String name) {
        this.lane = lane;
        this.name = name;
    }

    /**
     * The connection's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Puts an event into the lane. May be called from any thread; events of one thread keep their order. Never blocks for
     * longer than the lane's short lock, and never fails: what does not fit is dropped and counted.
     *
     * @param event an event of this connection
     */
    public void accept(IngressEvent event) {
        lane.accept(Waiting.event(this, Objects.requireNonNull(event, "event")));
    }

    EventCounts snapshot() {
        return new EventCounts(
                received.snapshot(),
                delivered.snapshot(),
                dropped.snapshot(),
                discarded.snapshot(),
                queued.snapshot(),
                new ControlCounts(controls, replaced, controlsDiscarded),
                gaps);
    }
}
