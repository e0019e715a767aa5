package io.headgate.plugin;

/** Where a connection failed. */
public enum FailureKind {
    /** Authority refused the dial: nothing left the host. */
    DENIED,
    /** The name was not resolved, or TCP or TLS was not established. */
    CONNECT,
    /** The peer answered the upgrade with something other than an acceptable 101. */
    HANDSHAKE,
    /** A deadline of the dial ran out: the peer accepted TCP and said nothing, or too little. */
    TIMEOUT,
    /** The peer broke the WebSocket protocol or a bound on it. */
    PROTOCOL,
    /** An established connection broke: reset, or cut. */
    TRANSPORT
}
