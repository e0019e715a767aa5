package io.headgate.host.service;

import static io.headgate.host.diagnostics.ConnectionState.CONNECTING;
import static io.headgate.host.diagnostics.ConnectionState.OPEN;
import static io.headgate.host.diagnostics.ConnectionState.STOPPED;

import io.headgate.host.authority.BinaryPolicy;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.Verdict;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.command.IssuedCommand;
import io.headgate.host.command.OutboundWriter;
import io.headgate.host.command.SessionView;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.pipeline.EventNumbers;
import io.headgate.host.pipeline.FrameListener;
import io.headgate.host.pipeline.FramePipeline;
import io.headgate.host.pipeline.Liveness;
import io.headgate.host.pipeline.SessionOrigin;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.Session;
import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One declared connection: dials, one session after another, and knows its state. See {@link ConnectionState} for the
 * machine.
 *
 * <p>One attempt at a time by construction: {@link #life} is one chain, dial, wait for its turn, dial. Only that chain leaves
 * {@code CONNECTING} and {@code OPEN}; who leaves the other states, see {@link DialTurn}.
 */
final class HostedConnection implements SessionView {

    private static final int GOING_AWAY = 1001;
    /** What the driver's own close deadline is given on top, before the socket is cut. */
    private static final Duration CUT_AFTER_CLOSE = Duration.ofSeconds(1);

    private final String name;
    private final ServiceEnvironment service;
    private final Permission permission;
    private final SendLimit sendLimit;
    private final ConnectionReporter reporter;
    private final ConnectionMoment moment;
    private final DialTurn turn;
    private final DialEnd end;

    private final Sinks.Empty<Void> cut = Sinks.empty();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private volatile Attempt attempt = Attempt.none();

    HostedConnection(String name, ServiceEnvironment service, LongSupplier incarnation, ConnectionReporter reporter) {
        this.name = name;
        this.service = service;
        this.permission = new Permission(name, service, incarnation);
        this.sendLimit = new SendLimit(permission);
        this.reporter = reporter;
        this.moment = new ConnectionMoment(name, service);
        this.turn = new DialTurn(permission, moment, reporter);
        this.end = new DialEnd(permission, moment, reporter, turn);
    }

    /** Dials, and dials again whenever its turn comes, until the service stops. Never fails. */
    Mono<Void> life(BiFunction<HostedConnection, Session, Mono<Void>> way) {
        return Mono.defer(() -> dial(way))
                .then(Mono.defer(() -> turn.isNoMore() ? Mono.empty() : turn.comes()))
                .repeat(() -> !turn.isNoMore())
                .takeUntilOther(cut.asMono())
                .then()
                .doFinally(signal -> stopped());
    }

    private Mono<Void> dial(BiFunction<HostedConnection, Session, Mono<Void>> way) {
        Target wanted = turn.target();
        if (turn.isNoMore()) {
            return Mono.empty();
        }
        if (wanted == null) {
            return Mono.fromRunnable(() -> end.down("the manifest declares a pattern: Open it with a URI"));
        }
        if (permission.subscribe(wanted) instanceof Verdict.Refused refused) {
            return Mono.fromRunnable(() -> end.denied(refused));
        }
        end.dialled();
        Attempt dialling = new Attempt(permission.spec(wanted));
        attempt = dialling;
        moment.enter(CONNECTING, live(), "dialling " + wanted);
        return dialling.live(Mono.defer(() -> session(wanted, dialling, way)))
                .onErrorResume(error -> Mono.fromRunnable(() -> end.failed(wanted, error)))
                .then(Mono.fromRunnable(() -> end.over(wanted)));
    }

    private Mono<Void> session(Target wanted, Attempt dialling, BiFunction<HostedConnection, Session, Mono<Void>> way) {
        ConnectionSpec spec = dialling.spec();
        // Asked once more: who narrowed the authority meanwhile may have found nothing to end.
        if (!permission.maySubscribe(wanted)) {
            return Mono.empty();
        }
        return permission
                .broken(spec)
                .map(Mono::<Void>error)
                .orElseGet(() -> service.driver()
                        .connect(spec, session -> dialling.begins(session) ? way.apply(this, session) : Mono.empty()));
    }

    /**
     * Does what an authority that has changed asks for: cuts off what may not be open any more, refuses what may not be sent any
     * more, lets be dialled what was denied and is allowed now. It is done when it is subscribed to, whatever becomes of the subscriber.
     *
     * @return completes when nothing leaves any more that the authority does not allow; a session that does not get rid of what
     *     was handed over is cut off at the close timeout
     */
    Mono<Void> reconsider() {
        return Mono.defer(() -> {
            Target wanted = turn.target();
            // One that is stopping as well: what is open stays so for the grace, and longer where a peer is slow.
            if (wanted == null) {
                return Mono.empty();
            }
            turn.look();
            if (!permission.maySubscribe(wanted)) {
                return from(attempt).ofAll();
            }
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

    /**
     * Begins a session, on its thread, and gives the pipeline for its frames. The one place that counts epochs.
     */
    FramePipeline pipeline(Session session) {
        EventNumbers numbers = new EventNumbers();
        long epoch = live().epoch() + 1;
        end.opened();
        OutboundWriter writer = writer(session, epoch);
        moment.enter(OPEN, new LiveSession(epoch, numbers, writer, session::unread), "the peer accepted");
        SessionOrigin origin = new SessionOrigin(name, epoch, session.subprotocol());
        FrameListener listener =
                service.limits().binary() == BinaryPolicy.CLOSE ? new BinaryRefusal(reporter, writer) : reporter;
        return new FramePipeline(origin, numbers, service.timer(), listener);
    }

    private OutboundWriter writer(Session session, long epoch) {
        Target dialled = turn.target();
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
    Mono<Void> take(Flux<IngressEvent> events, Session session) {
        return reporter.take(events, session);
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
        turn.redial(command, elsewhere);
    }

    /** Tells a further incarnation that nothing is open, which only the last one may have seen. */
    void tellAgain() {
        end.tellAgain();
    }

    void dialNoMore() {
        turn.noMore();
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
        turn.giveBackPlace();
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
        return reporter.status(moment.now(), sendLimit.waited(), events, commands);
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
        return Optional.ofNullable(turn.target());
    }

    @Override
    public int maxMessageBytes() {
        return service.limits().messageBytes();
    }
}
