package io.headgate.host.ingress;

/** What a full lane does with the next text. Control events are never subject to it. */
public enum OverflowPolicy {
    /** The text that does not fit is dropped; what waits stays. The default. */
    DROP_NEWEST
}
