package io.headgate.host.diagnostics;

/** The states of a service. */
public enum ServiceState {
    /** Not started. */
    NEW,
    /** Composed, but the plugin has not subscribed to its events: nothing is dialled. */
    STARTING,
    /** The plugin takes events. */
    RUNNING,
    /** Events have completed; the plugin has its grace. */
    STOPPING,
    /** Stopped by the host. */
    STOPPED,
    /** The plugin's output completed by itself. */
    FINISHED,
    /** The plugin's output failed, or could not be composed. */
    FAILED
}
