package io.headgate.host.diagnostics;

/**
 * The states of a service.
 *
 * <pre>
 *   NEW ─► STARTING ─ the plugin subscribes to its events ─► RUNNING ─ its output completes ─► FINISHED
 *             ▲ └── takes no events for too long ──► STALLED ◄─┘ │
 *             │                                        └─► RUNNING│ its output fails
 *             └── after a backoff ── RESTARTING ◄─────────────────┤
 *                       ▲  └─► ZOMBIE, while code of the failed   └─► FAILED, when no restart is left
 *                       └───── incarnation still runs
 *   any but FINISHED and FAILED ─ stop ─► STOPPING ─► STOPPED; NEW ─ stop ─► STOPPED
 * </pre>
 */
public enum ServiceState {
    /** Not started. */
    NEW,
    /** Composed, but the plugin has not subscribed to its events: nothing is dialled before it has done so once. */
    STARTING,
    /** The plugin takes events. */
    RUNNING,
    /** The plugin has not subscribed, or has not asked for the next event, for longer than the host's bound. */
    STALLED,
    /** The plugin's output failed, and the next incarnation follows after a backoff. Connections stay as they are. */
    RESTARTING,
    /** The next incarnation is due, but code of the failed one has not returned: Java cannot end it. */
    ZOMBIE,
    /** Events have completed; the plugin has its grace. */
    STOPPING,
    /** Stopped by the host. */
    STOPPED,
    /** The plugin's output completed by itself. */
    FINISHED,
    /** The plugin's output failed, and no restart is left. */
    FAILED
}
