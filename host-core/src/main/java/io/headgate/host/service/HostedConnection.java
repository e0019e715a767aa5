package io.headgate.host.service;

import static io.headgate.host.diagnostics.ConnectionState.CONNECTING;
import static io.headgate.host.diagnostics.ConnectionState.DENIED;
import static io.headgate.host.diagnostics.ConnectionState.DOWN;
import static io.headgate.host.diagnostics.ConnectionState.IDLE;
import static io.headgate.host.diagnostics.ConnectionState.OPEN;
import static io.headgate.host.diagnostics.ConnectionState.STOPPED;

import io.headgate.host.authority.BinaryPolicy;
import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.Verdict;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.command.CommandGate;
import io.headgate.host.command.IssuedCommand;
import io.headgate.host.command.OutboundWriter;
import io.headgate.host.command.SessionView;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.Printable;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.pipeline.EventNumbers;
import io.headgate.host.pipeline.FrameListener;
import io.headgate.host.pipeline.FramePipeline;
import io.headgate.host.pipeline.SessionOrigin;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.Optional;
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
 * <p>One attempt at a time by construction: {@link #life} is one chain, dial, wait to be asked, dial. Only that chain leaves
 * {@code CONNECTING} and {@code OPEN}; only a plugin's command leaves {@code DOWN} and {@code DENIED}.
 */
final class HostedConnection implements SessionView {

    private static final int GOING_AWAY = 1001;
    /** What the driver's own close deadline is given on top, before the socket is cut. */
    private static final Duration CUT_AFTER_CLOSE = Duration.ofSeconds(1);

    private static final Verdict.Refused CONNECTED = new Verdict.Refused(
            Rule.ALREADY_CONNECTED, "the connection is open, or being dialled", "answer ReconnectNeeded");
    private static final Verdict.Refused STOPPING = new Verdict.Refused(
            Rule.SERVICE_STOPPING, "the service is stopping, nothing is dialled any more", "nothing");

    /** State and session as one value, so that a status never shows the one with the other's past. */
    private record Moment(ConnectionState state, LiveSession live) {}

    private final String name;
    private final ServiceEnvironment service;
    private final LongSupplier incarnation;
    private final ConnectionReporter reporter;
    /** Written under the lock of this only. */
    private volatile Moment now = new Moment(IDLE, LiveSession.none());

    private final Sinks.Empty<Void> cut = Sinks.empty();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private volatile Sinks.Empty<Void> asked = Sinks.empty();
    private volatile @Nullable Target target;
    private volatile String whyNotOpen = "";
    private volatile boolean stopping;

    HostedConnection(String name, ServiceEnvironment service, LongSupplier incarnation, ConnectionReporter reporter) {
        this.name = name;
        this.service = service;
        this.incarnation = incarnation;
        this.reporter = reporter;
        this.target = service.authority().get().declaredTarget(name).orElse(null);
    }

    /** Dials, and dials again whenever the plugin asks, until the service stops. Never fails. */
    Mono<Void> life(BiFunction<HostedConnection, Session, Mono<Void>> way) {
        return Mono.defer(() -> dial(way))
                .then(Mono.defer(() -> stopping ? Mono.empty() : asked.asMono()))
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
        if (service.authority().get().subscribe(name, wanted) instanceof Verdict.Refused refused) {
            return Mono.fromRunnable(() -> deny(refused));
        }
        reporter.attempt();
        enter(CONNECTING, live(), "dialling " + wanted);
        return Mono.defer(() -> service.driver().connect(spec(wanted), session -> way.apply(this, session)))
                .onErrorResume(error -> Mono.fromRunnable(() -> failed(error)))
                .then(Mono.fromRunnable(() -> goDown(reporter.lastEnd())));
    }

    private ConnectionSpec spec(Target wanted) {
        return service.spec(name, wanted, service.authority().get().subprotocols(name, wanted));
    }

    /**
     * Begins a session, on its thread, and gives the pipeline for its frames. The one place that counts epochs.
     */
    FramePipeline pipeline(Session session) {
        EventNumbers numbers = new EventNumbers();
        long epoch = live().epoch() + 1;
        // Where it was cut off while the peer accepted, the driver is cancelled: the session is closed before it was
        // used.
        OutboundWriter writer = writer(session, epoch);
        enter(OPEN, new LiveSession(epoch, numbers, writer, session::unread), "the peer accepted");
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
        CommandGate gate = new CommandGate(name, epoch, dialled, service.authority(), incarnation);
        return new OutboundWriter(session.wire(), gate, service.mailbox());
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
        } else if (leaveDown()) {
            elsewhere.ifPresent(uri -> target = uri);
            command.done();
            // Each wait has a sink of its own, and only who left DOWN emits, so it is the first and cannot fail.
            asked.tryEmitEmpty();
        } else {
            command.refused(CONNECTED);
        }
    }

    private void failed(Throwable error) {
        FailureKind kind = error instanceof TransportException failure ? failure.kind() : FailureKind.TRANSPORT;
        reporter.failed(live(), kind, Printable.error(error));
    }

    private void deny(Verdict.Refused refused) {
        asked = Sinks.empty();
        whyNotOpen = refused.explanation();
        enter(DENIED, live(), refused.explanation());
        reporter.failed(live(), FailureKind.DENIED, refused.explanation());
    }

    private void goDown(String why) {
        LiveSession last = live().ended();
        asked = Sinks.empty();
        if (stopping) {
            endSession();
        } else {
            whyNotOpen = why;
            enter(DOWN, last, why + "; the plugin was asked to reconnect");
            reporter.reconnectNeeded(last, why);
        }
    }

    /** Tells a further incarnation that the connection is down, which only the last one may have seen. */
    void tellAgain() {
        Moment seen = now;
        if (seen.state() == DOWN) {
            reporter.reconnectNeeded(seen.live(), whyNotOpen);
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
        enter(STOPPED, live().ended(), "its service has ended");
        // doFinally runs once, so this is the first and only signal.
        ended.tryEmitEmpty();
    }

    /** Answers whether it was entered: nothing leaves {@code STOPPED}. The lock keeps states and diagnostics in one order. */
    private synchronized boolean enter(ConnectionState next, LiveSession session, String detail) {
        if (now.state() == STOPPED) {
            return false;
        }
        now = new Moment(next, session);
        service.report(at -> new Diagnostic.ConnectionChanged(
                at, service.name(), name, next, session.epoch(), Printable.text(detail)));
        return true;
    }

    private synchronized boolean leaveDown() {
        boolean down = now.state() == DOWN || now.state() == DENIED;
        now = down ? new Moment(CONNECTING, now.live()) : now;
        return down;
    }

    private synchronized void endSession() {
        now = new Moment(now.state(), now.live().ended());
    }

    LiveSession live() {
        return now.live();
    }

    ConnectionReporter reporter() {
        return reporter;
    }

    ConnectionStatus status(EventCounts events, CommandCounts commands) {
        Moment seen = now;
        return reporter.status(seen.state(), seen.live(), events, commands);
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
