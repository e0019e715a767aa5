package io.headgate.host.service;

import static io.headgate.host.diagnostics.ConnectionState.DENIED;
import static io.headgate.host.diagnostics.ConnectionState.DOWN;
import static io.headgate.host.diagnostics.ConnectionState.WAITING;

import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.Verdict;
import io.headgate.host.command.IssuedCommand;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.service.ConnectionMoment.Moment;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * When a connection that has no session is dialled next, and where to.
 *
 * <pre>
 *   the chain: dial ─► an end ─► DOWN ──── Reconnect, Open ─────────────► CONNECTING: its turn, dial
 *                           ├─► DENIED ── Reconnect, Open, a wider grant ──►┤
 *                           └─► WAITING ─ time, a narrower grant ──────────►┘
 * </pre>
 *
 * <p>Who leaves such a state makes it {@code CONNECTING}, under the lock of {@link ConnectionMoment}, so that of several one
 * does. The chain looks at the state, and at the authority, whenever one of them has changed: nobody has to hand it over. Any
 * thread, but {@link #comes} belongs to the chain.
 */
final class DialTurn {

    private static final Set<ConnectionState> NOT_DIALLING = Set.of(DOWN, DENIED);
    private static final Set<ConnectionState> WITHOUT_SESSION = Set.of(DOWN, DENIED, WAITING);

    private static final Verdict.Refused STOPPING = new Verdict.Refused(
            Rule.SERVICE_STOPPING, "the service is stopping, nothing is dialled any more", "nothing");

    private final Permission permission;
    private final ConnectionMoment moment;
    private final ConnectionReporter reporter;
    private final OpenPlace place;
    private final Scheduler timer;
    /** What the chain has looked for last ends with it. */
    private volatile Sinks.Empty<Void> changed = Sinks.empty();
    /** Written before the first dial, and then under the lock of the moment only. */
    private volatile @Nullable Target target;

    private volatile boolean stopping;

    DialTurn(Permission permission, ConnectionMoment moment, ConnectionReporter reporter) {
        this.permission = permission;
        this.moment = moment;
        this.reporter = reporter;
        this.timer = permission.service().timer();
        this.target = permission.declaredTarget().orElse(null);
        this.place = new OpenPlace(permission.service().opens(), target == null);
    }

    /** What is dialled next, or was last; null where the plugin has to say it first. */
    @Nullable
    Target target() {
        return target;
    }

    /** Nothing is dialled any more. */
    void noMore() {
        stopping = true;
    }

    boolean isNoMore() {
        return stopping;
    }

    /** The connection is down: another one may be opened. */
    void giveBackPlace() {
        place.giveBack();
    }

    /** Completes when it is the chain's turn to dial. */
    Mono<Void> comes() {
        return Mono.defer(this::looked).repeat(this::isAwaited).then();
    }

    /** The state was left, or the authority has changed. */
    void look() {
        // One that was emitted on before: the chain has not looked since, and will.
        changed.tryEmitEmpty();
    }

    private boolean isAwaited() {
        return WITHOUT_SESSION.contains(moment.now().state());
    }

    private Mono<Void> looked() {
        Sinks.Empty<Void> next = Sinks.empty();
        // In this order: who changes something now emits on this one, and what was changed before is seen.
        changed = next;
        return isAwaited() ? Mono.firstWithSignal(next.asMono(), own()) : Mono.empty();
    }

    /** The host's own turn; never, where it has none. */
    private Mono<Void> own() {
        Moment seen = moment.now();
        Target wanted = target;
        boolean granted = wanted != null && permission.maySubscribe(wanted);
        Due due = seen.due();
        if (due != null) {
            // What is no longer granted is denied now, and not when its next attempt is due.
            return granted ? when(due).then(leave(WAITING)) : leave(WAITING);
        }
        return seen.state() == DENIED && granted && !stopping ? told().then(leave(DENIED)) : Mono.never();
    }

    private Mono<Void> when(Due due) {
        return Mono.delay(due.inFrom(permission.service().steadyMillis()), timer)
                .then(told());
    }

    /** The plugin knows how the last attempt ended, or why there was none. */
    private Mono<Void> told() {
        return reporter.endTold().publishOn(timer);
    }

    private Mono<Void> leave(ConnectionState state) {
        return Mono.fromRunnable(() -> {
            // It may be cancelled here, with the chain looking for another turn already: who leaves has it look once
            // more.
            if (moment.leave(Set.of(state), () -> Verdict.ALLOWED) instanceof Verdict.Allowed) {
                look();
            }
        });
    }

    /** Dials, if nothing is open or being dialled. */
    void redial(IssuedCommand command, Optional<Target> elsewhere) {
        if (stopping) {
            command.refused(STOPPING);
        } else {
            decide(command, elsewhere.flatMap(this::redirect).orElseGet(() -> dialNow(elsewhere)));
        }
    }

    private Verdict dialNow(Optional<Target> elsewhere) {
        return moment.leave(NOT_DIALLING, () -> placeFor(elsewhere));
    }

    /** Where it waits to be dialled again, it is dialled elsewhere then. */
    private Optional<Verdict> redirect(Target elsewhere) {
        return moment.during(WAITING, () -> placeFor(Optional.of(elsewhere)));
    }

    private Verdict placeFor(Optional<Target> elsewhere) {
        Verdict verdict = place.take(elsewhere.isPresent());
        if (verdict instanceof Verdict.Allowed) {
            elsewhere.ifPresent(uri -> target = uri);
        }
        return verdict;
    }

    private void decide(IssuedCommand command, Verdict verdict) {
        if (verdict instanceof Verdict.Refused refused) {
            command.refused(refused);
        } else {
            command.done();
            look();
        }
    }
}
