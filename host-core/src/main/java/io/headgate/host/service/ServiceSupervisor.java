package io.headgate.host.service;

import io.headgate.host.command.CommandCounts;
import io.headgate.host.command.CommandLedger;
import io.headgate.host.command.GrantFilter;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.Printable;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.ingress.IngressLane;
import io.headgate.host.ingress.LaneBounds;
import io.headgate.host.ingress.Overflow;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** The life of one service: composes the way of its data, starts it, and ends it. {@link #way} is the whole picture. */
final class ServiceSupervisor {

    private static final long FIRST = 1;

    private final ServiceIdentity identity;
    private final ServiceEnvironment service;
    private final ServicePlugin plugin;
    private final Scheduler worker;
    private final IngressLane lane;
    private final Connections connections;
    private final OutcomeReporter outcomes;
    private final CommandLedger ledger;
    private final CommandRouter router;
    private final AtomicReference<ServiceState> state = new AtomicReference<>(ServiceState.NEW);
    private final Sinks.Empty<Void> outputEnded = Sinks.empty();
    private final Sinks.Empty<Void> cut = Sinks.empty();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    /** The incarnation that may send; 0 for none. */
    private volatile long incarnation;

    private volatile boolean wasCutOff;

    ServiceSupervisor(
            ServiceIdentity identity,
            List<String> declared,
            ServiceEnvironment service,
            ServicePlugin plugin,
            Scheduler worker) {
        this.identity = identity;
        this.service = service;
        this.plugin = plugin;
        this.worker = worker;
        this.lane = new IngressLane(
                new LaneBounds(
                        service.limits().queueEvents(),
                        service.limits().queueBytes(),
                        service.limits().overflow(),
                        service.limits().connectionShare()),
                this::overflow);
        this.connections =
                new Connections(declared.stream().map(this::connection).toList());
        this.outcomes = new OutcomeReporter(service, connections, lane);
        this.ledger = new CommandLedger(declared, service.timer(), outcomes);
        this.router = new CommandRouter(service, connections);
    }

    private void overflow(Overflow overflow) {
        HostedConnection overflowing = connections.find(overflow.connection());
        if (overflowing != null) {
            overflowing.overflow(overflow);
        }
    }

    private HostedConnection connection(String name) {
        ConnectionReporter reporter = new ConnectionReporter(name, service, lane.connection(name));
        return new HostedConnection(name, service, () -> incarnation, reporter);
    }

    /**
     * The way of the data. It reads from left to right and never turns back, but for the plugin's own {@code Reconnect}.
     *
     * <pre>
     *   wss ─► driver ─► Flux&lt;Frame&gt; ─► FramePipeline ─► IngressLane ─► ServicePlugin ─► GrantFilter ─► OutboundWriter ─► wss
     * </pre>
     */
    private Mono<Void> way() {
        Mono<Void> inbound = connections.eachSession((connection, session) -> session.frames()
                .transform(connection.pipeline(session))
                .doOnNext(connection::enqueue)
                .then());
        Mono<Void> outbound = lane.turn(worker)
                .transform(this::dialledOnceWanted)
                .transformDeferred(this::plugin)
                // Cancelling and asking for more are plugin code too: neither may run on a timer or a session's thread.
                .cancelOn(worker)
                .transform(grantFilter())
                .subscribeOn(worker)
                .flatMap(router::carryOut, service.settings().undecidedCommands(), 1)
                .then();
        return Mono.when(inbound, untilItEnds(outbound));
    }

    private Flux<IngressEvent> dialledOnceWanted(Flux<IngressEvent> events) {
        return events.doOnSubscribe(subscribed -> {
            if (state.compareAndSet(ServiceState.STARTING, ServiceState.RUNNING)) {
                report(ServiceState.RUNNING, "the plugin takes events");
            }
            connections.eventsWanted();
        });
    }

    private Flux<OutputCommand> plugin(Flux<IngressEvent> events) {
        return Objects.requireNonNull(
                plugin.handle(events, new DefaultServiceContext(service, identity, outcomes, worker, FIRST)),
                "the plugin's handle returned null");
    }

    private GrantFilter grantFilter() {
        return new GrantFilter(service.authority(), connections, ledger, FIRST);
    }

    /** Plugin code runs on the worker from its first call on; when its output ends, however it ends, the sockets close. */
    private Mono<Void> untilItEnds(Mono<Void> output) {
        return output.doOnSuccess(nothing -> outputCompleted())
                .onErrorResume(error -> Mono.fromRunnable(() -> outputFailed(error)))
                .takeUntilOther(cut.asMono())
                .doOnTerminate(this::fence)
                .then(Mono.defer(() -> Mono.when(connections.stop(), lastOfThePlugin())));
    }

    /** Waits until the worker has run what the end of the output left to it; not for a plugin that blocks it. */
    private Mono<Void> lastOfThePlugin() {
        return Mono.<Void>fromRunnable(() -> {})
                .subscribeOn(worker)
                .onErrorComplete()
                .takeUntilOther(Mono.delay(service.settings().closeTimeout(), service.timer()));
    }

    private void outputCompleted() {
        if (state.compareAndSet(ServiceState.RUNNING, ServiceState.FINISHED)
                || state.compareAndSet(ServiceState.STARTING, ServiceState.FINISHED)) {
            report(ServiceState.FINISHED, "the plugin's output completed");
        }
    }

    private void outputFailed(Throwable error) {
        ServiceState before = state.getAndUpdate(now -> now == ServiceState.STOPPED ? now : ServiceState.FAILED);
        if (before != ServiceState.FAILED && before != ServiceState.STOPPED) {
            report(ServiceState.FAILED, "the plugin's output failed: " + Printable.error(error));
        }
    }

    private void fence() {
        incarnation = 0;
        // Nobody takes events any more; a worker that is still busy would go on with those that wait.
        lane.close();
        // The first of completion, failure and cut; every further one finds it given.
        outputEnded.tryEmitEmpty();
    }

    /** Starts the service: the one subscription at the root of its life. Waits for nothing. */
    void start() {
        if (state.compareAndSet(ServiceState.NEW, ServiceState.STARTING)) {
            incarnation = FIRST;
            report(ServiceState.STARTING, "composing the plugin");
            way().doFinally(signal -> service.timer().schedule(this::release)).subscribe();
        }
    }

    /**
     * Stops the service: its events complete, its output has the grace to complete, then it is cut off and its sockets are
     * closed.
     *
     * @return whether it had to be cut off; completes when nothing of the service is left
     */
    Mono<Boolean> stop(Duration grace) {
        return Mono.defer(() -> {
            if (state.compareAndSet(ServiceState.NEW, ServiceState.STOPPED)) {
                release();
                return Mono.just(false);
            }
            stopping();
            Mono<Boolean> inTime = outputEnded.asMono().thenReturn(false);
            Mono<Boolean> tooLate = Mono.delay(grace, service.timer()).thenReturn(true);
            return Mono.firstWithSignal(inTime, tooLate).flatMap(this::endOutput);
        });
    }

    private Mono<Boolean> endOutput(boolean late) {
        if (late) {
            wasCutOff = true;
            // A stop that comes while another one waits finds it given.
            cut.tryEmitEmpty();
        }
        return ended.asMono().then(Mono.fromSupplier(() -> wasCutOff));
    }

    private void stopping() {
        if (state.compareAndSet(ServiceState.RUNNING, ServiceState.STOPPING)
                || state.compareAndSet(ServiceState.STARTING, ServiceState.STOPPING)) {
            report(ServiceState.STOPPING, "the host stops it");
        }
        connections.dialNoMore();
        lane.complete();
    }

    private void release() {
        lane.close();
        outcomes.complete();
        worker.dispose();
        if (state.compareAndSet(ServiceState.STOPPING, ServiceState.STOPPED)) {
            report(ServiceState.STOPPED, "nothing of it is left");
        }
        // For a further stop of what was never started: there was no output to wait for.
        outputEnded.tryEmitEmpty();
        // Released once: at the end of the way, or instead of it.
        ended.tryEmitEmpty();
    }

    private void report(ServiceState now, String detail) {
        service.report(at -> new Diagnostic.ServiceChanged(at, service.name(), now, detail));
    }

    String name() {
        return service.name();
    }

    ServiceStatus status() {
        Map<String, EventCounts> events = lane.ledger();
        Map<String, CommandCounts> commands = ledger.counts();
        List<ConnectionStatus> each = connections.all().stream()
                .map(connection -> connection.status(
                        events.getOrDefault(connection.connection(), EventCounts.ZERO),
                        commands.getOrDefault(connection.connection(), CommandCounts.ZERO)))
                .toList();
        return new ServiceStatus(
                identity.plugin(),
                identity.service(),
                Objects.requireNonNull(state.get()),
                incarnation,
                router.reported(),
                events.values().stream().reduce(EventCounts.ZERO, EventCounts::plus),
                commands.values().stream().reduce(CommandCounts.ZERO, CommandCounts::plus),
                outcomes.lost(),
                each);
    }
}
