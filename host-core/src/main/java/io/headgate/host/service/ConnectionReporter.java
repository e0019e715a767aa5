package io.headgate.host.service;

import io.headgate.host.authority.Access;
import io.headgate.host.authority.Target;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.command.TokenWait;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.Printable;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.ingress.Hold;
import io.headgate.host.ingress.LaneConnection;
import io.headgate.host.ingress.Overflow;
import io.headgate.host.pipeline.FrameListener;
import io.headgate.host.pipeline.Liveness;
import io.headgate.host.service.ConnectionMoment.Moment;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.IngressEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What happens on one connection, told to the plugin as events and to the operator as status and diagnostics. Safe for any
 * thread.
 */
final class ConnectionReporter implements FrameListener {

    private final String name;
    private final ServiceEnvironment service;
    private final LaneConnection lane;
    private final FrameMeter meter = new FrameMeter();
    private final PingMeter pings = new PingMeter();
    private final AtomicLong attempts = new AtomicLong();
    private final Pause betweenOverflows = new Pause();
    private final Pause betweenBinaries = new Pause();
    private final Pause betweenHolds = new Pause();
    /** By rule. */
    private final Map<String, Pause> betweenRefusals = new ConcurrentHashMap<>();

    private volatile String lastError = "";
    private volatile String lastEnd = "nothing was dialled yet";
    private volatile AttemptEnd end = AttemptEnd.PLAIN;

    ConnectionReporter(String name, ServiceEnvironment service, LaneConnection lane) {
        this.name = name;
        this.service = service;
        this.lane = lane;
    }

    /** Reports that texts are being dropped, once a second at most: the counts tell the rest. */
    void overflow(Overflow overflow) {
        long atMillis = overflow.atMillis();
        if (betweenOverflows.isOver(atMillis)) {
            service.log()
                    .record(new Diagnostic.QueueOverflow(
                            atMillis, service.name(), name, overflow.reason(), overflow.policy()));
        }
    }

    void attempt() {
        attempts.incrementAndGet();
        end = AttemptEnd.PLAIN;
    }

    /** What a reconnect policy looks at. */
    AttemptEnd end() {
        return end;
    }

    void end(AttemptEnd how) {
        end = how;
    }

    /** Completes when the plugin has been told how the last session, or the last dial, ended. */
    Mono<Void> endTold() {
        return lane.endTold();
    }

    void retrying(LiveSession live, int attempt, long nextAttemptAtMillis) {
        enqueue(new IngressEvent.Retrying(
                name, live.epoch(), live.numbers().next(), service.now(), attempt, nextAttemptAtMillis));
    }

    @Override
    public void arrived(Frame frame, long atMillis) {
        meter.arrived(frame, atMillis);
        if (frame instanceof Frame.Binary binary && betweenBinaries.isOver(atMillis)) {
            service.log().record(new Diagnostic.FrameRefused(atMillis, service.name(), name, "binary", binary.bytes()));
        }
    }

    /** Reports that the connection was held for as long as it may be. */
    void heldTooLong(Hold hold) {
        long atMillis = service.now();
        if (betweenHolds.isOver(atMillis)) {
            service.log()
                    .record(new Diagnostic.HeldTooLong(atMillis, service.name(), name, hold.longest(), hold.end()));
        }
    }

    /** Ends a session whose peer is not there any more. */
    Liveness liveness(Session session) {
        return new Liveness(session, service.liveness(), lane::held, service.timer(), pings);
    }

    Mono<Void> take(Flux<IngressEvent> events, Session session) {
        return lane.take(events.doOnNext(this::note), session.wire()::execute, service.timer());
    }

    void enqueue(IngressEvent event) {
        note(event);
        lane.accept(event);
    }

    private void note(IngressEvent event) {
        if (event instanceof IngressEvent.Failed failed) {
            lastEnd = failed.kind() + ": " + failed.message();
            lastError = lastEnd;
        } else if (event instanceof IngressEvent.Closed closed) {
            lastEnd = described(closed);
            end = AttemptEnd.of(closed);
            lastError = closed.code() == 1000 ? lastError : lastEnd;
        }
    }

    private static String described(IngressEvent.Closed closed) {
        String reason = Printable.text(closed.reason());
        return "closed with " + closed.code() + " by " + closed.initiator() + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** How the last session, or the last attempt at one, ended. */
    String lastEnd() {
        return lastEnd;
    }

    /** Tells the operator why the driver refused a dial, where it did: which addresses they were. The plugin is told numbers only. */
    void refusedByDriver(Target dialled, Throwable error) {
        TransportException.refusal(error, service.authority().get(), name, dialled, Access.SUBSCRIBE)
                .ifPresent(
                        refusal -> service.report(at -> Diagnostic.DialRefused.of(at, service.name(), name, refusal)));
    }

    void failed(LiveSession live, FailureKind kind, String message) {
        enqueue(new IngressEvent.Failed(
                name, live.epoch(), live.numbers().next(), service.now(), kind, Printable.text(message)));
    }

    void reconnectNeeded(LiveSession live, String why) {
        enqueue(new IngressEvent.ReconnectNeeded(
                name, live.epoch(), live.numbers().next(), service.now(), why));
    }

    /** Whether the operator is told of a command that was not done: of those that one rule refuses, one a second at most. */
    boolean isToBeTold(CommandOutcome undone) {
        return undone.rule().isEmpty()
                || betweenRefusals
                        .computeIfAbsent(undone.rule(), rule -> new Pause())
                        .isOver(undone.decidedAtMillis());
    }

    /** Tells the plugin that a command was refused or failed. */
    void undone(LiveSession live, CommandOutcome outcome) {
        long sequence = live.numbers().next();
        long at = outcome.decidedAtMillis();
        if (outcome.result() == CommandOutcome.Result.FAILED) {
            enqueue(new IngressEvent.CommandFailed(
                    name, live.epoch(), sequence, at, outcome.commandId(), outcome.message(), 0));
        } else {
            enqueue(new IngressEvent.CommandRefused(
                    name, live.epoch(), sequence, at, outcome.commandId(), outcome.rule(), outcome.message(), 0));
        }
    }

    /** Tells the plugin that a command was sent. */
    void sent(LiveSession live, CommandOutcome outcome) {
        enqueue(new IngressEvent.CommandSent(
                name, live.epoch(), live.numbers().next(), outcome.decidedAtMillis(), outcome.commandId(), 0));
    }

    ConnectionStatus status(Moment seen, TokenWait tokens, EventCounts events, CommandCounts commands) {
        LiveSession live = seen.live();
        Due next = seen.due();
        return new ConnectionStatus(
                name,
                seen.state(),
                seen.sinceMillis(),
                live.epoch(),
                attempts.get(),
                next == null ? 0 : next.atMillis(),
                meter.lastFrameAtMillis(),
                lastError,
                meter.snapshot(),
                pings.snapshot(),
                new HoldStatus(lane.held(), live.unread().get()),
                tokens,
                events,
                commands);
    }
}
