package io.headgate.host.ingress;

/**
 * A session that {@link OverflowPolicy#HOLD} reads, from its first event to its end. What it is given is its own: the session
 * after it begins with nothing, and one that has left is given nothing more. Guarded by the lane's lock.
 */
final class Reader {

    final LaneConnection connection;
    /** Whether a largest text of it would fit in any case, see {@link Room#keep}. */
    boolean roomIsKept;
    /** Whether it was held for too long, and now loses what does not fit, until something fits. */
    boolean isDropping;

    boolean hasLeft;
    /** Whether it may ask for the next text, as was found when the last one was put. Belongs to the session's thread. */
    boolean nextHasRoom;

    Reader(LaneConnection connection) {
        this.connection = connection;
    }
}
