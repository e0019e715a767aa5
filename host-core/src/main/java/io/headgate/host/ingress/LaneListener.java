package io.headgate.host.ingress;

/** Told when a lane begins to lose texts. Called on the producer's thread, outside the lane's lock; must not block. */
@FunctionalInterface
public interface LaneListener {

    /** Tells nobody; the ledger counts all the same. */
    LaneListener NONE = overflow -> {};

    /**
     * A run of losses began.
     *
     * @param overflow whose, why, and what the policy makes of it
     */
    void overflow(Overflow overflow);

    /**
     * A connection was held for as long as {@link Hold#longest()} allows. Called on the timer's thread.
     *
     * @param connection its name
     * @param epoch the session that was held; with {@link HoldEnd#CLOSE} this asks for its close
     */
    default void heldTooLong(String connection, long epoch) {}
}
