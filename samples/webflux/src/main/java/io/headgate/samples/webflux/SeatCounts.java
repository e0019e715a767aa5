package io.headgate.samples.webflux;

/**
 * What became of the events for a stream, or for all of them: {@code handed = delivered + dropped + left + waiting} in every
 * snapshot. An event that goes to two streams counts twice.
 *
 * @param handed what the plugin handed over
 * @param delivered what the response asked for and was given
 * @param dropped what went as it was the oldest that waited, and a newer one had no room
 * @param left what waited when the stream ended
 * @param waiting what waits
 */
record SeatCounts(long handed, long delivered, long dropped, long left, long waiting) {

    static final SeatCounts ZERO = new SeatCounts(0, 0, 0, 0, 0);

    SeatCounts plus(SeatCounts other) {
        return new SeatCounts(
                handed + other.handed,
                delivered + other.delivered,
                dropped + other.dropped,
                left + other.left,
                waiting + other.waiting);
    }

    boolean conserved() {
        return handed == delivered + dropped + left + waiting;
    }
}
