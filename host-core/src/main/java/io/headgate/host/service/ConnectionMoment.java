package io.headgate.host.service;

import static io.headgate.host.diagnostics.ConnectionState.CONNECTING;
import static io.headgate.host.diagnostics.ConnectionState.IDLE;
import static io.headgate.host.diagnostics.ConnectionState.OPEN;
import static io.headgate.host.diagnostics.ConnectionState.STOPPED;
import static io.headgate.host.diagnostics.ConnectionState.WAITING;

import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Verdict;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.Printable;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a connection is in its life, and its last session. Any thread; the lock keeps states and diagnostics in one order. */
final class ConnectionMoment {

    /** State and session as one value, so that a status never shows the one with the other's past. */
    record Moment(
            ConnectionState state,
            long sinceMillis,
            LiveSession live,
            @Nullable Due due) {}

    private static final Verdict CONNECTED = Verdict.refused(
            Rule.ALREADY_CONNECTED,
            "the connection is open, or being dialled, or will be soon",
            "answer ReconnectNeeded");

    private final String connection;
    private final ServiceEnvironment service;
    /** Written under the lock of this only. */
    private volatile Moment now = new Moment(IDLE, 0, LiveSession.none(), null);

    ConnectionMoment(String connection, ServiceEnvironment service) {
        this.connection = connection;
        this.service = service;
    }

    Moment now() {
        return now;
    }

    LiveSession live() {
        return now.live();
    }

    /** Nothing leaves {@code STOPPED}. */
    void enter(ConnectionState next, LiveSession session, String detail) {
        enter(next, session, null, detail);
    }

    /** Until the next attempt is due: for as long as the state is {@code WAITING} that one comes. */
    void waitFor(Due next, LiveSession session, String detail) {
        enter(WAITING, session, next, detail);
    }

    private synchronized void enter(ConnectionState next, LiveSession session, @Nullable Due due, String detail) {
        if (now.state() == STOPPED) {
            return;
        }
        now = new Moment(next, since(next), session, due);
        service.report(at -> new Diagnostic.ConnectionChanged(
                at, service.name(), connection, next, session.epoch(), Printable.text(detail)));
    }

    /** Since when it is open, or is not: one that is dialled again and again has been down for all that time. */
    private long since(ConnectionState next) {
        boolean same = now.state() != IDLE && (now.state() == OPEN) == (next == OPEN);
        return same ? now.sinceMillis() : service.now();
    }

    /**
     * Whoever leaves such a state dials; of several who want to, one does.
     *
     * @param permit asked under the lock, in such a state only
     */
    synchronized Verdict leave(Set<ConnectionState> states, Supplier<Verdict> permit) {
        Verdict verdict = states.contains(now.state()) ? permit.get() : CONNECTED;
        if (verdict instanceof Verdict.Allowed) {
            now = new Moment(CONNECTING, since(CONNECTING), now.live(), null);
        }
        return verdict;
    }

    /** Does something while the state is that one; empty in any other. */
    synchronized Optional<Verdict> during(ConnectionState state, Supplier<Verdict> act) {
        return now.state() == state ? Optional.of(act.get()) : Optional.empty();
    }

    synchronized void endSession() {
        now = new Moment(now.state(), now.sinceMillis(), now.live().ended(), now.due());
    }
}
