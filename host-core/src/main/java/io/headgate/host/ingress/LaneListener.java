package io.headgate.host.ingress;

/** Told when a lane begins to lose texts. Called on the producer's thread, outside the lane's lock; must not block. */
@FunctionalInterface
public interface LaneListener {

    /** Tells nobody; the ledger counts all the same. */
    LaneListener NONE = (connection, atMillis) -> {};

    /**
     * The first text of a run was dropped: the plugin will see one {@link io.headgate.plugin.IngressEvent.Gap} for the run.
     *
     * @param connection the connection it came from
     * @param atMillis when it was received
     */
    void overflow(String connection, long atMillis);
}
