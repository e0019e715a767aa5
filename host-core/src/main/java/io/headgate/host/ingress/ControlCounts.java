package io.headgate.host.ingress;

/**
 * What became of the control events of a connection or service, Gaps left out. They are no part of the ledger of texts.
 *
 * @param delivered claimed just before the plugin's {@code onNext}
 * @param replaced a newer state event of the same kind took its place while it waited
 * @param discarded its service ended before the claim
 */
public record ControlCounts(long delivered, long replaced, long discarded) {

    /** Nothing has happened. */
    public static final ControlCounts ZERO = new ControlCounts(0, 0, 0);

    /**
     * The sum of both.
     *
     * @param other the other counts
     * @return the sum, term by term
     */
    public ControlCounts plus(ControlCounts other) {
        return new ControlCounts(delivered + other.delivered, replaced + other.replaced, discarded + other.discarded);
    }
}
