package io.headgate.host.ingress;

import io.headgate.plugin.IngressEvent;
import java.util.Objects;

/**
 * One connection's way into a lane, and its part of the ledger.
 *
 * <p>Get one from {@link IngressLane#connection(String)}. Every field is guarded by the lane's lock.
 */
public final class LaneConnection {

    /** No session: they are counted from 1, and 0 stands for none before the first. */
    private static final long NONE = -1;

    private final IngressLane lane;
    private final String name;

    final RunningTally received = new RunningTally();
    final RunningTally delivered = new RunningTally();
    final ReasonTallies<DropReason> drops = new ReasonTallies<>(DropReason.class);
    final ReasonTallies<DiscardReason> discards = new ReasonTallies<>(DiscardReason.class);
    final RunningTally queued = new RunningTally();
    long controls;
    long replaced;
    long controlsDiscarded;
    long gaps;

    /** Its places in the line. */
    final Chain waiting = new Chain(Chain.Kind.CONNECTION);
    /** The texts among them. */
    final Chain texts = new Chain(Chain.Kind.CONNECTION_TEXTS);
    /** The control events among them. */
    final ControlSlots slots = new ControlSlots();
    /** The session that {@link OverflowPolicy#CLOSE} is closing. */
    private long closingEpoch = NONE;

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

    /** Whether {@code text} comes after one of its session that did not fit. */
    boolean isClosing(IngressEvent text) {
        return closingEpoch == text.epoch();
    }

    void beginClosing(IngressEvent text) {
        closingEpoch = text.epoch();
    }

    EventCounts snapshot() {
        return new EventCounts(
                received.snapshot(),
                delivered.snapshot(),
                drops.snapshot(),
                discards.snapshot(),
                queued.snapshot(),
                new ControlCounts(controls, replaced, controlsDiscarded),
                gaps);
    }
}
