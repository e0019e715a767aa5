package io.headgate.host.service;

import static io.headgate.host.diagnostics.ConnectionState.CONNECTING;
import static io.headgate.host.diagnostics.ConnectionState.DENIED;
import static io.headgate.host.diagnostics.ConnectionState.DOWN;
import static io.headgate.host.diagnostics.ConnectionState.OPEN;
import static io.headgate.host.diagnostics.ConnectionState.STOPPED;
import static io.headgate.host.diagnostics.ConnectionState.WAITING;

import io.headgate.host.authority.BinaryPolicy;
import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.Verdict;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.command.IssuedCommand;
import io.headgate.host.command.OutboundWriter;
import io.headgate.host.command.SessionView;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Printable;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.pipeline.EventNumbers;
import io.headgate.host.pipeline.FrameListener;
import io.headgate.host.pipeline.FramePipeline;
import io.headgate.host.pipeline.Liveness;
import io.headgate.host.pipeline.SessionOrigin;
import io.headgate.host.service.ConnectionMoment.Moment;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One declared connection: dials, one session after another, and knows its state. See {@link ConnectionState} for the
 * machine.
 *
 * <p>One attempt at a time by construction: {@link #life} is one chain, dial, wait until due or asked, dial. Only that chain leaves
 * {@code CONNECTING} and {@code OPEN}; a plugin's command leaves {@code DOWN} and {@code DENIED}, a grant {@code DENIED} and
 * {@code WAITING}, and time {@code WAITING}. Who leaves one of these has the chain go on.
 */
final class HostedConnection implements SessionView {

    private static final int GOING_AWAY = 1001;
    private static final Set<ConnectionState> NOT_DIALLING = Set.of(DOWN, DENIED);
    /** What the driver's own close deadline is given on top, before the socket is cut. */
    private static final Duration CUT_AFTER_CLOSE = Duration.ofSeconds(1);

    private static final Verdict.Refused STOPPING = new Verdict.Refused(
            Rule.SERVICE_STOPPING, "the service is stopping, nothing is dialled any more", "nothing");

    private final String name;
    private final ServiceEnvironment service;
    private final Permission permission;
    private final SendLimit sendLimit;
    private final ConnectionReporter reporter;
    private final ConnectionMoment moment;
    private final OpenPlace place;
    private final Reconnects reconnects;

    private final Sinks.Empty<Void> cut = Sinks.empty();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private volatile Sinks.Empty<Void> asked = Sinks.empty();
    private volatile Attempt attempt = Attempt.none();
    private volatile @Nullable Target target;
    private volatile String whyNotOpen = "";
    private volatile @Nullable Long openedAtMillis;
    private volatile boolean stopping;

    HostedConnection(String name, ServiceEnvironment service, LongSupplier incarnation, ConnectionReporter reporter) {
        this.name = name;
        this.service = service;
        this.permission = new Permission(name, service, incarnation);
        this.sendLimit = new SendLimit(permission);
        this.reporter = reporter;
        this.moment = new ConnectionMoment(name, service);
        this.target = permission.declaredTarget().orElse(null);
        this.reconnects = new Reconnects(service.reconnect(), service.random());
        this.place = new OpenPlace(service.opens(), target == null);
    }

    /** Dials, and dials again whenever the plugin asks, until the service stops. Never fails. */
    Mono<Void> life(BiFunction<HostedConnection, Session, Mono<Void>> way) {
        return Mono.defer(() -> dial(way))
                .then(Mono.defer(() -> stopping ? Mono.empty() : Mono.firstWithSignal(asked.asMono(), due())))
                .repeat(() -> !stopping)
                .takeUntilOther(cut.asMono())
                .then()
                .doFinally(signal -> stopped());
    }

    private Mono<Void> dial(BiFunction<HostedConnection, Session, Mono<Void>> way) {
        Target wanted = target;
        if (stopping) {
            return Mono.empty();
        }
        if (wanted == null) {
            return Mono.fromRunnable(() -> goDown("the manifest declares a pattern: Open it with a URI"));
        }
        if (permission.subscribe(wanted) instanceof Verdict.Refused refused) {
            return Mono.fromRunnable(() -> deny(wanted, refused));
        }
        reporter.attempt();
        reconnects.dialled(service.now());
        openedAtMillis = null;
        Attempt dialling = new Attempt(permission.spec(wanted));
        attempt = dialling;
        moment.enter(CONNECTING, live(), "dialling " + wanted);
        return dialling.live(Mono.defer(() -> session(wanted, dialling.spec(), way)))
                .onErrorResume(error -> Mono.fromRunnable(() -> failed(wanted, error)))
                .then(Mono.fromRunnable(() -> over(wanted)));
    }

    private Mono<Void> session(
            Target wanted, ConnectionSpec spec, BiFunction<HostedConnection, Session, Mono<Void>> way) {
        // Asked once more: who narrowed the authority meanwhile may have found nothing to end.
        if (!permission.maySubscribe(wanted)) {
            return Mono.empty();
        }
        return permission
                .broken(spec)
                .map(Mono::<Void>error)
                .orElseGet(() -> service.driver().connect(spec, session -> way.apply(this, session)));
    }

    private void over(Target dialled) {
        if (!stopping && permission.subscribe(dialled) instanceof Verdict.Refused refused) {
            deny(dialled, refused);
        } else {
            ended(reporter.lastEnd());
        }
    }

    private void ended(String how) {
        long now = service.now();
        Long opened = openedAtMillis;
        long openMillis = opened == null ? 0 : now - opened;
        Reconnects.Next next = reconnects.after(reporter.end(), openMillis, now);
        if (next instanceof Due again && !stopping) {
            waitFor(again, how);
        } else {
            goDown(next instanceof Reconnects.Down down && !down.why().isEmpty() ? how + "; " + down.why() : how);
        }
    }

    private void waitFor(Due next, String how) {
        LiveSession last = live().ended();
        asked = Sinks.empty();
        moment.waitFor(next, last, how + "; " + next.told(service.now()));
        reporter.retrying(last, next.attempt(), next.atMillis());
        // Who narrowed the authority meanwhile has found nothing that waited.
        denyIfWaiting();
    }

    /** The host's own turn to dial: not before the plugin knows how the last attempt ended. */
    private Mono<Void> due() {
        Due next = moment.now().due();
        return next == null
                ? Mono.never()
                : Mono.delay(next.inFrom(service.now()), service.timer())
                        .then(reporter.endTold().publishOn(service.timer()))
                        // Whoever left the state before this goes on by itself.
                        .then(Mono.defer(() -> waitNoLonger() ? Mono.empty() : Mono.never()));
    }

    private boolean waitNoLonger() {
        return moment.leave(Set.of(WAITING), () -> Verdict.ALLOWED) instanceof Verdict.Allowed;
    }

    /** What is no longer granted is denied now, and not when its next attempt is due. */
    private void denyIfWaiting() {
        Target wanted = target;
        if (wanted != null && !permission.maySubscribe(wanted) && waitNoLonger()) {
            // Who left the state is the one that emits.
            asked.tryEmitEmpty();
        }
    }

    /**
     * Does what an authority that has changed asks for: cuts off what may not be open any more, refuses what may not be sent any
     * more, dials what was denied and is allowed now. It is done when it is subscribed to, whatever becomes of the subscriber.
     *
     * @return completes when nothing leaves any more that the authority does not allow; a session that does not get rid of what
     *     was handed over is cut off at the close timeout
     */
    Mono<Void> reconsider() {
        return Mono.defer(() -> {
            Target wanted = target;
            // One that is stopping as well: what is open stays so for the grace, and longer where a peer is slow.
            if (wanted == null) {
                return Mono.empty();
            }
            if (!permission.maySubscribe(wanted)) {
                denyIfWaiting();
                return from(attempt).ofAll();
            }
            dialIfDenied(wanted);
            Attempt last = attempt;
            return last.broken(permission)
                    .map(why -> from(last).ofTerms(why))
                    .orElseGet(() -> permission.maySend(wanted)
                            ? Mono.fromRunnable(() -> limit(wanted))
                            : from(last).ofSend());
        });
    }

    private Withdrawal from(Attempt last) {
        return new Withdrawal(last, live().writer(), service);
    }

    private void limit(Target wanted) {
        sendLimit.towards(wanted);
        OutboundWriter writer = live().writer();
        if (writer != null) {
            writer.wake();
        }
    }

    private void dialIfDenied(Target wanted) {
        if (!stopping
                && permission.maySubscribe(wanted)
                && moment.leave(Set.of(DENIED), () -> Verdict.ALLOWED) instanceof Verdict.Allowed) {
            // Who left the state is the one that emits.
            asked.tryEmitEmpty();
        }
    }

    /**
     * Begins a session, on its thread, and gives the pipeline for its frames. The one place that counts epochs.
     */
    FramePipeline pipeline(Session session) {
        EventNumbers numbers = new EventNumbers();
        long epoch = live().epoch() + 1;
        attempt.speaks(session.subprotocol());
        openedAtMillis = service.now();
        // Where it was cut off while the peer accepted, the driver is cancelled: the session is closed before it was
        // used.
        OutboundWriter writer = writer(session, epoch);
        moment.enter(OPEN, new LiveSession(epoch, numbers, writer, session::unread), "the peer accepted");
        SessionOrigin origin = new SessionOrigin(name, epoch, session.subprotocol());
        FrameListener listener =
                service.limits().binary() == BinaryPolicy.CLOSE ? new BinaryRefusal(reporter, writer) : reporter;
        return new FramePipeline(origin, numbers, service.timer(), listener);
    }

    private OutboundWriter writer(Session session, long epoch) {
        Target dialled = target;
        if (dialled == null) {
            throw new IllegalStateException("a session without a target");
        }
        return new OutboundWriter(
                session.wire(), permission.gate(epoch, dialled), service.mailbox(), sendLimit.towards(dialled));
    }

    /** Watches a session, see {@link Liveness}. */
    Liveness liveness(Session session) {
        return reporter.liveness(session);
    }

    /** Puts a session's events into the service's queue, at its pace. */
    Mono<Void> take(Flux<IngressEvent> events) {
        return reporter.take(events);
    }

    /** Closes a session on the host's behalf. */
    void close(long epoch, int code, String reason) {
        LiveSession live = live();
        OutboundWriter writer = live.writer();
        // Of a session that has ended meanwhile there is nothing left to close; the next one has done nothing wrong.
        if (live.epoch() == epoch && writer != null) {
            writer.close(code, reason);
        }
    }

    /** Writes a {@code SendText} or {@code Close}. */
    void write(IssuedCommand command) {
        OutboundWriter writer = live().writer();
        if (writer == null) {
            command.refused(OutboundWriter.NOT_OPEN);
        } else {
            writer.send(command);
        }
    }

    /** Dials, if nothing is open or being dialled. */
    void redial(IssuedCommand command, Optional<Target> elsewhere) {
        if (stopping) {
            command.refused(STOPPING);
        } else {
            elsewhere
                    .flatMap(this::redirect)
                    .ifPresentOrElse(verdict -> decide(command, verdict), () -> dialNow(command, elsewhere));
        }
    }

    private void dialNow(IssuedCommand command, Optional<Target> elsewhere) {
        Verdict verdict = moment.leave(NOT_DIALLING, () -> place.take(elsewhere.isPresent()));
        if (verdict instanceof Verdict.Allowed) {
            elsewhere.ifPresent(uri -> target = uri);
        }
        decide(command, verdict);
        if (verdict instanceof Verdict.Allowed) {
            // Each wait has a sink of its own, and only who left DOWN emits, so it is the first and cannot fail.
            asked.tryEmitEmpty();
        }
    }

    private static void decide(IssuedCommand command, Verdict verdict) {
        if (verdict instanceof Verdict.Refused refused) {
            command.refused(refused);
        } else {
            command.done();
        }
    }

    /** Where it waits to be dialled again, it is dialled elsewhere then. */
    private Optional<Verdict> redirect(Target elsewhere) {
        Optional<Verdict> redirected = moment.during(WAITING, () -> {
            Verdict verdict = place.take(true);
            target = verdict instanceof Verdict.Allowed ? elsewhere : target;
            return verdict;
        });
        denyIfWaiting();
        return redirected;
    }

    private void failed(Target dialled, Throwable error) {
        reporter.end(AttemptEnd.of(error));
        reporter.refusedByDriver(dialled, error);
        FailureKind kind = error instanceof TransportException failure ? failure.kind() : FailureKind.TRANSPORT;
        reporter.failed(live(), kind, Printable.error(error));
    }

    private void deny(Target denied, Verdict.Refused refused) {
        asked = Sinks.empty();
        whyNotOpen = refused.explanation();
        LiveSession last = live().ended();
        moment.enter(DENIED, last, refused.explanation());
        reporter.failed(last, FailureKind.DENIED, refused.explanation());
        // Who widened the authority meanwhile has found nothing that was denied.
        dialIfDenied(denied);
    }

    private void goDown(String why) {
        LiveSession last = live().ended();
        asked = Sinks.empty();
        place.giveBack();
        if (stopping) {
            moment.endSession();
        } else {
            whyNotOpen = why;
            moment.enter(DOWN, last, why + "; the plugin was asked to reconnect");
            reporter.reconnectNeeded(last, why);
        }
    }

    /** Tells a further incarnation that the connection is down, which only the last one may have seen. */
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

    void dialNoMore() {
        stopping = true;
    }

    /** Closes what is open and dials nothing more. Completes when nothing is left, at the close timeout at the latest. */
    Mono<Void> stop() {
        return Mono.defer(() -> {
            dialNoMore();
            OutboundWriter writer = live().writer();
            if (writer == null) {
                cutOff();
            } else {
                writer.close(GOING_AWAY, "going away");
            }
            Mono<Void> deadline = Mono.delay(service.settings().closeTimeout().plus(CUT_AFTER_CLOSE), service.timer())
                    .then(Mono.fromRunnable(this::cutOff));
            return Mono.firstWithSignal(ended.asMono(), deadline.then(ended.asMono()));
        });
    }

    private void cutOff() {
        // Emitted once or more: every further one finds it done.
        cut.tryEmitEmpty();
    }

    private void stopped() {
        moment.enter(STOPPED, live().ended(), "its service has ended");
        place.giveBack();
        // doFinally runs once, so this is the first and only signal.
        ended.tryEmitEmpty();
    }

    LiveSession live() {
        return moment.live();
    }

    ConnectionReporter reporter() {
        return reporter;
    }

    ConnectionStatus status(EventCounts events, CommandCounts commands) {
        Moment seen = moment.now();
        Due next = seen.due();
        return reporter.status(
                seen.state(), seen.live(), next == null ? 0 : next.atMillis(), sendLimit.waited(), events, commands);
    }

    @Override
    public String connection() {
        return name;
    }

    @Override
    public long epoch() {
        return live().epoch();
    }

    @Override
    public boolean isOpen() {
        return live().writer() != null;
    }

    @Override
    public Optional<Target> target() {
        return Optional.ofNullable(target);
    }

    @Override
    public int maxMessageBytes() {
        return service.limits().messageBytes();
    }
}
