package io.headgate.plugin;

/** Who began the end of a WebSocket session (RFC 6455, section 7.1). */
public enum Initiator {
    /** The peer sent its Close frame first. */
    PEER,
    /** The host sent its Close frame first: on a plugin's command, or of its own accord. */
    HOST,
    /** Nobody: the connection ended without a Close frame, which reads as code 1006. */
    NOBODY
}
