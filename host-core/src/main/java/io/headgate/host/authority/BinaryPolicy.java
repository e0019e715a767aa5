package io.headgate.host.authority;

/** What the host does when a peer sends a binary message. It is told and counted either way, and becomes no event. */
public enum BinaryPolicy {
    /** The session is closed with 1003 (RFC 6455, 7.4.1): the peer speaks what this host does not. The default. */
    CLOSE,
    /** The message is passed over, and the session goes on. */
    IGNORE
}
