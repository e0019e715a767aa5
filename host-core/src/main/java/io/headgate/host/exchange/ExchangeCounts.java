package io.headgate.host.exchange;

/**
 * What became of a service's exchanges, and of their texts: {@code asked = refused + closed + failed + expired + open}, in every
 * snapshot.
 *
 * @param asked how many the plugin asked for
 * @param refused of these, never dialled: authority or a bound refused them
 * @param closed ended by a Close frame of either side, with the incarnation, or given up by the plugin while they were dialled
 * @param failed could not be dialled, broke, or were closed as the peer exceeded a bound
 * @param expired closed as their life was over
 * @param open open now, dials and closes under way among them
 * @param sent texts whose last byte the kernel took
 * @param sentBytes their bytes of UTF-8
 * @param unsent texts that were refused, or failed; a failed one may have left
 * @param received texts that arrived
 * @param receivedBytes their bytes of UTF-8
 * @param timeouts how often the plugin waited for a text and none came in time
 */
public record ExchangeCounts(
        long asked,
        long refused,
        long closed,
        long failed,
        long expired,
        long open,
        long sent,
        long sentBytes,
        long unsent,
        long received,
        long receivedBytes,
        long timeouts) {

    /** Nothing yet. */
    public static final ExchangeCounts ZERO = new ExchangeCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * Whether the law holds.
     *
     * @return whether each that was asked for is in one of the terms
     */
    public boolean conserved() {
        return asked == refused + closed + failed + expired + open;
    }
}
