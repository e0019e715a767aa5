package io.headgate.host.health;

import static io.headgate.host.health.Readiness.DEGRADED;
import static io.headgate.host.health.Readiness.NOT_READY;

import java.util.Locale;

/** What keeps a service or a connection from being ready. The {@linkplain #wireName() names} are stable. */
public enum HealthCause {
    /** The service was not started. */
    NOT_STARTED(NOT_READY, "start the host"),
    /** The plugin takes no events. */
    STALLED(
            NOT_READY,
            "look at the event in hand and at the plugin's thread in a thread dump; a plugin must not block for longer than stalledAfter"),
    /** The plugin failed, and is started again after a wait. */
    RESTARTING(DEGRADED, "read the last failure; the plugin is started again by itself"),
    /** The plugin failed, and its code does not return. */
    ZOMBIE(
            NOT_READY,
            "take a thread dump for where the plugin blocks, then restart the process: Java cannot end a thread"),
    /** The plugin failed, and no restart is left. */
    FAILED(NOT_READY, "read the last failure, mend the plugin or its settings, then restart the process"),
    /** The service is stopping, or was stopped. */
    STOPPING(NOT_READY, "nothing: the host was told to stop"),
    /** The plugin says that it does not do its work. */
    REPORTED_FAILING(NOT_READY, "read what the plugin reports"),
    /** The plugin says that it does its work with a loss. */
    REPORTED_DEGRADED(DEGRADED, "read what the plugin reports"),
    /** None of the service's connections that were asked for is open or on its way. */
    NO_CONNECTION(NOT_READY, "mend one of its connections, see there"),
    /** Authority refused the connection. */
    DENIED(DEGRADED, "compare what the plugin asks for with what is granted, and change the grants"),
    /** The connection has no session, and the host does not dial it by itself. */
    DOWN(
            DEGRADED,
            "read the last error; the plugin has to answer ReconnectNeeded, or the grant needs reconnect.policy: backoff"),
    /** The connection has not been open for too long, and is dialled again and again. */
    LATE(DEGRADED, "read the last error; the host goes on dialling by itself"),
    /** A full queue holds the connection back for too long. */
    HELD(DEGRADED, "make the plugin faster, or raise limits.queue-events and limits.queue-bytes in the grant");

    private final Readiness readiness;
    private final String remedy;

    HealthCause(Readiness readiness, String remedy) {
        this.readiness = readiness;
        this.remedy = remedy;
    }

    /**
     * What it makes of the host.
     *
     * @return {@code DEGRADED} or {@code NOT_READY}
     */
    public Readiness readiness() {
        return readiness;
    }

    /**
     * What can be done.
     *
     * @return one line
     */
    public String remedy() {
        return remedy;
    }

    /**
     * The stable name, for JSON and metrics.
     *
     * @return for example {@code no-connection}
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
