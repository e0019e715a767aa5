package io.headgate.host.diagnostics;

/**
 * The states of a connection.
 *
 * <pre>
 *   DENIED                                          authority refused it: no dial, until an Open or Reconnect that it allows
 *   CONNECTING ─ handshake ok ─► OPEN ─ close | error ─► WAITING ─ due ─► CONNECTING
 *        └──────── failed ──────────────────────────────►┘
 *   CONNECTING | OPEN ─ end, and policy manual | attempts used up | permanent ─► DOWN (reconnect-needed)
 *   DOWN ─ Reconnect | Open ─► CONNECTING
 *   any ─ stop ─► STOPPED
 * </pre>
 */
public enum ConnectionState {
    /** Not dialled yet: its service has not asked for events. */
    IDLE,
    /** Authority refused it. Nothing is dialled. */
    DENIED,
    /** A dial is under way. */
    CONNECTING,
    /** A session is open. */
    OPEN,
    /** No session; the host dials again by itself, once the wait is over. */
    WAITING,
    /** No session, and the host does not dial again by itself: the plugin was told that it has to ask. */
    DOWN,
    /** Its service has ended. */
    STOPPED
}
