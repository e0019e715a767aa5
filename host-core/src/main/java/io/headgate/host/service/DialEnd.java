package io.headgate.host.service;

import static io.headgate.host.diagnostics.ConnectionState.DENIED;
import static io.headgate.host.diagnostics.ConnectionState.DOWN;

import io.headgate.host.authority.Target;
import io.headgate.host.authority.Verdict;
import io.headgate.host.diagnostics.Printable;
import io.headgate.host.service.ConnectionMoment.Moment;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a connection whose attempt, a dial and the session it may have brought, is over: it waits for the next one, is
 * down or denied, and plugin and operator are told. Belongs to the connection's one chain, where it says nothing else.
 */
final class DialEnd {

    private final ServiceEnvironment service;
    private final Permission permission;
    private final ConnectionMoment moment;
    private final ConnectionReporter reporter;
    private final DialTurn turn;
    private final Reconnects reconnects;

    private volatile String whyNotOpen = "";
    private volatile @Nullable Long openedAtSteadyMillis;

    DialEnd(Permission permission, ConnectionMoment moment, ConnectionReporter reporter, DialTurn turn) {
        this.service = permission.service();
        this.permission = permission;
        this.moment = moment;
        this.reporter = reporter;
        this.turn = turn;
        this.reconnects = new Reconnects(service.reconnect(), service.random());
    }

    /** An attempt begins. */
    void dialled() {
        reporter.attempt();
        reconnects.dialled(service.steadyMillis());
        openedAtSteadyMillis = null;
    }

    /** It has brought a session. On the session's thread. */
    void opened() {
        openedAtSteadyMillis = service.steadyMillis();
    }

    /** It has failed, and is over soon. */
    void failed(Target dialled, Throwable error) {
        reporter.end(AttemptEnd.of(error));
        reporter.refusedByDriver(dialled, error);
        FailureKind kind = error instanceof TransportException failure ? failure.kind() : FailureKind.TRANSPORT;
        reporter.failed(moment.live(), kind, Printable.error(error));
    }

    /** It is over. */
    void over(Target dialled) {
        if (!turn.isNoMore() && permission.subscribe(dialled) instanceof Verdict.Refused refused) {
            denied(refused);
        } else {
            ended(reporter.lastEnd());
        }
    }

    private void ended(String how) {
        long now = service.steadyMillis();
        Long opened = openedAtSteadyMillis;
        long openMillis = opened == null ? 0 : now - opened;
        Reconnects.Next next = reconnects.after(reporter.end(), openMillis, now);
        if (next instanceof Reconnects.Again again && !turn.isNoMore()) {
            waitFor(again, how);
        } else {
            down(next instanceof Reconnects.Down down && !down.why().isEmpty() ? how + "; " + down.why() : how);
        }
    }

    private void waitFor(Reconnects.Again again, String how) {
        LiveSession last = moment.live().ended();
        long wait = again.waitMillis();
        Due next = new Due(again.attempt(), service.steadyMillis() + wait, service.now() + wait);
        moment.waitFor(next, last, how + "; " + again.told());
        reporter.retrying(last, next.attempt(), next.atMillis());
    }

    /** Nothing is dialled, as it is not granted. */
    void denied(Verdict.Refused refused) {
        whyNotOpen = refused.explanation();
        LiveSession last = moment.live().ended();
        moment.enter(DENIED, last, refused.explanation());
        reporter.failed(last, FailureKind.DENIED, refused.explanation());
    }

    /** Nothing is dialled until the plugin asks for it. */
    void down(String why) {
        LiveSession last = moment.live().ended();
        turn.giveBackPlace();
        if (turn.isNoMore()) {
            moment.endSession();
        } else {
            whyNotOpen = why;
            moment.enter(DOWN, last, why + "; the plugin was asked to reconnect");
            reporter.reconnectNeeded(last, why);
        }
    }

    /** Tells a further incarnation that nothing is open, which only the last one may have seen. Any thread. */
    void tellAgain() {
        Moment seen = moment.now();
        Due next = seen.due();
        if (seen.state() == DOWN) {
            reporter.reconnectNeeded(seen.live(), whyNotOpen);
        } else if (next != null) {
            reporter.retrying(seen.live(), next.attempt(), next.atMillis());
        } else if (seen.state() == DENIED) {
            reporter.failed(seen.live(), FailureKind.DENIED, whyNotOpen);
        }
    }
}
