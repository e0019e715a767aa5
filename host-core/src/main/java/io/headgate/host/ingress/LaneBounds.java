package io.headgate.host.ingress;

import java.util.Objects;

/**
 * The most that may wait in a lane, over all its connections. Texts count; control events are bounded on their own, see
 * {@link IngressLane}.
 *
 * @param maxEvents how many texts, from 1
 * @param maxBytes how many bytes of text, as on the wire, from 1
 * @param overflow what happens to the text that does not fit
 */
public record LaneBounds(int maxEvents, long maxBytes, OverflowPolicy overflow) {

    /** Checks the components. */
    public LaneBounds {
        if (maxEvents < 1) {
            throw new IllegalArgumentException("maxEvents must be at least 1 event, is " + maxEvents);
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1 byte, is " + maxBytes);
        }
        Objects.requireNonNull(overflow, "overflow");
    }
}
