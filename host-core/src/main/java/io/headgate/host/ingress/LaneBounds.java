package io.headgate.host.ingress;

import java.util.Objects;

/**
 * The most that may wait in a lane, over all its connections. Texts count; control events are bounded on their own, see
 * {@link IngressLane}.
 *
 * @param maxEvents how many texts, from 1; from 2 with {@link OverflowPolicy#DROP_OLDEST}, which keeps one for the plugin
 * @param maxBytes how many bytes of text, as on the wire, from 1
 * @param overflow what happens when a text does not fit
 * @param connectionShare the most of both that one connection may take, in percent from 1 to 100, rounded down, but one text
 *     at least (two with {@link OverflowPolicy#DROP_OLDEST}, checked); 100 is no share
 */
public record LaneBounds(int maxEvents, long maxBytes, OverflowPolicy overflow, int connectionShare) {

    private static final int WHOLE = 100;

    /** Checks the components. */
    public LaneBounds {
        if (maxEvents < 1) {
            throw new IllegalArgumentException("maxEvents must be at least 1 event, is " + maxEvents);
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1 byte, is " + maxBytes);
        }
        Objects.requireNonNull(overflow, "overflow");
        if (connectionShare < 1 || connectionShare > WHOLE) {
            throw new IllegalArgumentException("connectionShare must be from 1 to 100 percent, is " + connectionShare);
        }
        if (overflow == OverflowPolicy.DROP_OLDEST && shareOf(maxEvents, connectionShare) < 2) {
            throw new IllegalArgumentException(
                    "with DROP_OLDEST, one connection's share of maxEvents must be at least 2" + " events, "
                            + connectionShare + "% of " + maxEvents + " is less: raise maxEvents or connectionShare");
        }
    }

    /**
     * Bounds without a share.
     *
     * @param maxEvents see {@link #maxEvents()}
     * @param maxBytes see {@link #maxBytes()}
     * @param overflow see {@link #overflow()}
     */
    public LaneBounds(int maxEvents, long maxBytes, OverflowPolicy overflow) {
        this(maxEvents, maxBytes, overflow, WHOLE);
    }

    boolean isShared() {
        return connectionShare < WHOLE;
    }

    long eventsOfOne() {
        return Math.max(1, shareOf(maxEvents, connectionShare));
    }

    long bytesOfOne() {
        return shareOf(maxBytes, connectionShare);
    }

    /** Rounded down, and exact where the product would overflow. */
    private static long shareOf(long whole, int percent) {
        return whole / WHOLE * percent + whole % WHOLE * percent / WHOLE;
    }
}
