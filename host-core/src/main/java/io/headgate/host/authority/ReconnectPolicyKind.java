package io.headgate.host.authority;

/** Who dials again after a session ended. */
public enum ReconnectPolicyKind {
    /** The host does not: the connection is down until the plugin asks for it. The default. */
    MANUAL
}
