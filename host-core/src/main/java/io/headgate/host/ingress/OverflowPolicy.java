package io.headgate.host.ingress;

/**
 * What a full lane does with the next text. Control events are never subject to it. Whatever is dropped is told to the
 * plugin as a {@link io.headgate.plugin.IngressEvent.Gap Gap}, where it would have stood.
 */
public enum OverflowPolicy {
    /** The text that does not fit is dropped; what waits stays. The default. */
    DROP_NEWEST,
    /**
     * The oldest texts that wait are dropped until the new one fits. After a Gap the next text is kept for the plugin, however
     * much comes in, so that a plugin which is slower than a flood sees a Gap and a text in turns.
     */
    DROP_OLDEST,
    /**
     * The text that does not fit is dropped, and so is every later one of its session; the host closes the session. So there is
     * one hole, at the session's end.
     */
    CLOSE,
    /**
     * Nothing is dropped: a session is asked for its next text only while room for a largest one is kept for it, and TCP holds
     * back its peer. A held session does not read its socket: pings wait unanswered, and the peer's end is not noticed. How
     * long it may last, and what then, is {@link Hold}.
     */
    HOLD
}
