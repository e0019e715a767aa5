package io.headgate.host.authority;

/** Who dials again after a session, or a dial, has ended. */
public enum ReconnectPolicyKind {
    /** The host does not: the connection is down until the plugin asks for it. */
    MANUAL,
    /** The host does, after a wait that grows. The default. */
    BACKOFF
}
