package io.headgate.host.ingress;

/**
 * What became of the texts of a connection or service, in events and in bytes on the wire. In one snapshot
 * {@code received = delivered + dropped + discarded + queued}.
 *
 * @param received an event was made of it
 * @param delivered claimed just before the plugin's {@code onNext}
 * @param dropped refused or evicted by the overflow policy
 * @param discarded accepted, or received while stopping, but its service ended before the claim
 * @param queued accepted and not yet claimed
 * @param controls control events; counted apart
 * @param gaps Gaps that were delivered; counted apart
 */
public record EventCounts(
        Tally received,
        Tally delivered,
        Tally dropped,
        Tally discarded,
        Tally queued,
        ControlCounts controls,
        long gaps) {

    /** Nothing has happened. */
    public static final EventCounts ZERO =
            new EventCounts(Tally.ZERO, Tally.ZERO, Tally.ZERO, Tally.ZERO, Tally.ZERO, ControlCounts.ZERO, 0);

    /**
     * The sum of both.
     *
     * @param other the other counts
     * @return the sum, term by term
     */
    public EventCounts plus(EventCounts other) {
        return new EventCounts(
                received.plus(other.received),
                delivered.plus(other.delivered),
                dropped.plus(other.dropped),
                discarded.plus(other.discarded),
                queued.plus(other.queued),
                controls.plus(other.controls),
                gaps + other.gaps);
    }

    /**
     * Whether nothing was lost uncounted, or counted twice.
     *
     * @return whether the law above holds, in events and in bytes
     */
    public boolean conserved() {
        return received.equals(delivered.plus(dropped).plus(discarded).plus(queued));
    }
}
