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
 * @param largestText for {@link OverflowPolicy#HOLD}: the size of the largest text, from 1 and at most one connection's share of
 *     {@code maxBytes}. Room for one is kept for each session that reads, so this is what a lane needs for each connection
 * @param hold for {@link OverflowPolicy#HOLD}: how long, and what then
 */
public record LaneBounds(
        int maxEvents, long maxBytes, OverflowPolicy overflow, int connectionShare, long largestText, Hold hold) {

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
        if (overflow == OverflowPolicy.HOLD && (largestText < 1 || largestText > shareOf(maxBytes, connectionShare))) {
            throw new IllegalArgumentException(
                    "with HOLD, largestText must be from 1 to one connection's share of maxBytes, "
                            + shareOf(maxBytes, connectionShare) + " bytes, is " + largestText);
        }
        Objects.requireNonNull(hold, "hold");
    }

    /**
     * Bounds for texts of any size: with {@link OverflowPolicy#HOLD} one at a time then.
     *
     * @param maxEvents see {@link #maxEvents()}
     * @param maxBytes see {@link #maxBytes()}
     * @param overflow see {@link #overflow()}
     * @param connectionShare see {@link #connectionShare()}
     */
    public LaneBounds(int maxEvents, long maxBytes, OverflowPolicy overflow, int connectionShare) {
        this(maxEvents, maxBytes, overflow, connectionShare, shareOf(maxBytes, connectionShare), Hold.defaults());
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
