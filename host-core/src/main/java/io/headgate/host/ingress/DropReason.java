package io.headgate.host.ingress;

import java.util.Locale;

/** Why a text was dropped: the bound that bit. The {@linkplain #wireName() names} are stable. */
public enum DropReason {
    /** As many texts waited as may wait in the lane. */
    QUEUE_EVENTS,
    /** With it, more bytes of text would have waited than may wait in the lane. */
    QUEUE_BYTES,
    /** With it, its connection would have taken more than its share, in events or in bytes. */
    CONNECTION_SHARE,
    /**
     * Its session is being closed: an earlier text of it did not fit under {@link OverflowPolicy#CLOSE}, or it was held for too
     * long under {@link OverflowPolicy#HOLD}.
     */
    OVERFLOW_CLOSE;

    /**
     * The stable name, for logs and metrics.
     *
     * @return for example {@code queue-events}
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
