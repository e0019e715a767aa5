package io.headgate.host.service;

import static io.headgate.host.diagnostics.ServiceState.FAILED;
import static io.headgate.host.diagnostics.ServiceState.FINISHED;
import static io.headgate.host.diagnostics.ServiceState.NEW;
import static io.headgate.host.diagnostics.ServiceState.RESTARTING;
import static io.headgate.host.diagnostics.ServiceState.RUNNING;
import static io.headgate.host.diagnostics.ServiceState.STALLED;
import static io.headgate.host.diagnostics.ServiceState.STARTING;
import static io.headgate.host.diagnostics.ServiceState.STOPPED;
import static io.headgate.host.diagnostics.ServiceState.STOPPING;
import static io.headgate.host.diagnostics.ServiceState.ZOMBIE;

import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.ServiceState;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The state of one service: the one place that changes it, and tells. Safe for any thread. */
final class ServiceLife {

    /** The machine that {@link ServiceState} draws. */
    private static final Map<ServiceState, Set<ServiceState>> NEXT = Map.of(
            NEW, EnumSet.of(STARTING, STOPPED),
            STARTING, EnumSet.of(RUNNING, STALLED, RESTARTING, FINISHED, FAILED, STOPPING),
            RUNNING, EnumSet.of(STALLED, RESTARTING, FINISHED, FAILED, STOPPING),
            STALLED, EnumSet.of(RUNNING, RESTARTING, FINISHED, FAILED, STOPPING),
            RESTARTING, EnumSet.of(STARTING, ZOMBIE, FAILED, STOPPING),
            ZOMBIE, EnumSet.of(STARTING, FAILED, STOPPING),
            STOPPING, EnumSet.of(STOPPED));

    private static final Set<ServiceState> ALIVE = EnumSet.of(STARTING, RUNNING, STALLED, STOPPING);
    private static final Set<ServiceState> BETWEEN = EnumSet.of(RESTARTING, ZOMBIE);

    private final ServiceEnvironment service;
    // All that follows is guarded by this.
    private ServiceState state = NEW;
    private long sinceMillis;
    private long restarts;
    private long nextStartAtMillis;
    private String lastFailure = "";

    ServiceLife(ServiceEnvironment service) {
        this.service = service;
    }

    /**
     * Enters a state, if the machine has such a way, and tells of it: one at a time, so that what is told stands in the
     * order of the states.
     */
    synchronized boolean enter(ServiceState next, String detail) {
        if (!NEXT.getOrDefault(state, Set.of()).contains(next)) {
            return false;
        }
        if (next == STARTING && BETWEEN.contains(state)) {
            restarts++;
        }
        if (!BETWEEN.contains(next)) {
            nextStartAtMillis = 0;
        }
        state = next;
        sinceMillis = service.now();
        service.report(at -> new Diagnostic.ServiceChanged(at, service.name(), next, detail));
        return true;
    }

    /** Stops what was never started; answers false for what was. */
    synchronized boolean neverStart() {
        return state == NEW && enter(STOPPED, "it was never started");
    }

    /** The incarnation failed and another is due then. */
    synchronized boolean restarting(String failure, String what, long dueAtMillis) {
        lastFailure = failure;
        if (!enter(RESTARTING, failure + "; " + what)) {
            return false;
        }
        nextStartAtMillis = dueAtMillis;
        return true;
    }

    /** The incarnation failed and none follows. */
    synchronized boolean failed(String failure, String why) {
        lastFailure = failure;
        return enter(FAILED, failure + "; " + why);
    }

    synchronized ServiceState state() {
        return state;
    }

    synchronized LifeStatus status(Incarnation last) {
        return new LifeStatus(
                state,
                sinceMillis,
                ALIVE.contains(state) && !last.isOver() ? last.number() : 0,
                restarts,
                nextStartAtMillis,
                lastFailure,
                last.hand().event());
    }
}
