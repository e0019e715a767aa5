package io.headgate.host.ingress;

/** What happens to a connection that {@link OverflowPolicy#HOLD} has held for too long. */
public enum HoldEnd {
    /** The host closes the session; what still comes of it is dropped, so there is one hole, at its end. The default. */
    CLOSE,
    /** Texts that do not fit are dropped, as with {@link OverflowPolicy#DROP_NEWEST}, until there is room again. */
    DROP
}
