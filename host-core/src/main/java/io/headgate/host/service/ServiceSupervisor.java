package io.headgate.host.service;

import io.headgate.host.authority.WaitingTexts;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.command.CommandLedger;
import io.headgate.host.command.CommandWindow;
import io.headgate.host.command.GrantFilter;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.Printable;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.exchange.Exchanges;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.ingress.IngressLane;
import io.headgate.host.recording.RecordingStatus;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Lives the life of one service: composes the way of its data, one incarnation of its plugin after another, and ends it.
 * {@link #way} is the whole picture.
 */
final class ServiceSupervisor {

    private final ServiceIdentity identity;
    private final ServiceEnvironment service;
    private final PluginCode code;
    private final Scheduler worker;
    private final Runnable interrupt;
    private final IngressLane lane;
    private final Connections connections;
    private final OutcomeReporter outcomes;
    private final EventFailures failures;
    private final CommandLedger ledger;
    private final CommandRouter router;
    private final Exchanges exchanges;
    private final ServiceLife life;
    private final Supervision supervision;
    private final StallWatch stalls;
    private final Sinks.Empty<Void> stopAsked = Sinks.empty();
    private final Sinks.Empty<Void> outputEnded = Sinks.empty();
    private final Sinks.Empty<Void> cut = Sinks.empty();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    /** Only replaced where the last one has ended. */
    private volatile Incarnation current;
    /** The incarnation that may send; 0 for none. */
    private volatile long incarnation;

    private volatile boolean wasCutOff;
    private volatile boolean isZombie;

    ServiceSupervisor(
            ServiceIdentity identity,
            List<String> declared,
            ServiceEnvironment service,
            PluginCode code,
            PluginWorker lent) {
        this.identity = identity;
        this.service = service;
        this.code = code;
        this.worker = lent.scheduler();
        this.interrupt = lent.interrupt();
        LaneWatch watch = new LaneWatch(this::find, service.limits().hold());
        this.lane = new IngressLane(service.laneBounds(), watch);
        this.connections =
                new Connections(declared.stream().map(this::connection).toList());
        this.outcomes = new OutcomeReporter(service, connections, lane);
        this.failures = new EventFailures(service);
        this.ledger = new CommandLedger(declared, service.timer(), outcomes);
        this.router = new CommandRouter(service, connections, () -> incarnation);
        this.exchanges = new Exchanges(service.exchanges(() -> incarnation, lent.forExchanges()));
        this.life = new ServiceLife(service);
        this.current = new Incarnation(0, service.timer(), worker);
        this.supervision = new Supervision(service, life, () -> current, pluginIsFree(), stopAsked.asMono());
        this.stalls = new StallWatch(
                life,
                () -> current.hand(),
                lane::waiting,
                () -> undecided(ledger),
                service.settings().stalledAfter());
    }

    private static long undecided(CommandLedger ledger) {
        return ledger.counts().values().stream()
                .mapToLong(CommandCounts::inFlight)
                .sum();
    }

    private @Nullable HostedConnection find(String name) {
        return connections.find(name);
    }

    private HostedConnection connection(String name) {
        ConnectionReporter reporter = new ConnectionReporter(name, service, lane.connection(name));
        return new HostedConnection(name, service, () -> incarnation, reporter);
    }

    /**
     * The way of the data. It reads from left to right and never turns back, but for the next attempt of a connection.
     *
     * <pre>
     *   wss ─► driver ─► Flux&lt;Frame&gt; ─► Liveness ─► FramePipeline ─► IngressLane ─► ServicePlugin ─► GrantFilter ─► OutboundWriter ─► wss
     * </pre>
     *
     * <p>What is left of the lane lives as long as the service; what is right of it is an incarnation's.
     */
    private Mono<Void> way() {
        Mono<Void> inbound = connections.eachSession((connection, session) -> session.frames()
                .transform(connection.liveness(session))
                .transform(connection.pipeline(session))
                .as(events -> connection.take(events, session)));
        Mono<Void> outbound = Mono.defer(this::nextIncarnation)
                .retryWhen(supervision.retry())
                .onErrorResume(error -> Mono.fromRunnable(() -> unsupervised(error)));
        Mono<Void> watch = stalls.on(service.timer()).takeUntilOther(outputEnded.asMono());
        return Mono.when(inbound, untilItEnds(outbound), watch);
    }

    private Mono<Void> outbound(Incarnation now) {
        return lane.turn(worker)
                .doOnError(IllegalStateException.class, this::misused)
                .transform(service.recorder()::events)
                .transform(events -> now.hand().watch(events, () -> takesEvents(now)))
                .transformDeferred(events -> now.handle(this::plugin, events, context(now)))
                .transform(commands -> service.recorder().commands(now.number(), commands, now::brokenBy))
                // Cancelling and asking for more are plugin code too: neither may run on a timer or a session's thread.
                .cancelOn(worker)
                .transform(new GrantFilter(service.authority(), connections, ledger, now.number())::judged)
                .as(new CommandWindow(
                        service.settings().commands().undecided(), worker, service.timer(), router::carryOut))
                .takeUntilOther(now.broken());
    }

    /** Begins the next incarnation. Called where nothing of the last one runs any more. */
    private Mono<Void> nextIncarnation() {
        Incarnation next = new Incarnation(current.number() + 1, service.timer(), worker);
        current = next;
        incarnation = next.number();
        if (life.enter(ServiceState.STARTING, "composing incarnation " + next.number())) {
            if (service.restart().waiting() == WaitingTexts.DISCARD) {
                lane.discardWaiting();
            }
            connections.tellAgain();
        }
        return outbound(next)
                .doOnSuccess(completed -> life.enter(ServiceState.FINISHED, "the plugin's output completed"))
                .doOnTerminate(() -> end(next))
                .doOnCancel(() -> end(next));
    }

    private void end(Incarnation ending) {
        incarnation = 0;
        lane.endTurn();
        exchanges.end();
        ending.end();
    }

    private ServicePlugin plugin() {
        return code.get(service.authority().get().load());
    }

    private DefaultServiceContext context(Incarnation now) {
        return new DefaultServiceContext(identity, outcomes, failures, worker, exchanges, now);
    }

    private void misused(Throwable error) {
        fault("the plugin subscribed to its events a second time: " + error.getMessage());
    }

    private void takesEvents(Incarnation now) {
        // One that has ended may subscribe late: that is not this one's doing.
        if (now == current) {
            life.enter(ServiceState.RUNNING, "the plugin takes events");
            connections.eventsWanted();
        }
    }

    /** No incarnation can follow, as its worker is gone, or by a fault of the host's own: no service is left without an end. */
    private void unsupervised(Throwable error) {
        life.failed(
                "the supervision failed: " + Printable.error(error),
                "is the scheduler of the plugin disposed? Else please report it");
    }

    private Mono<Void> pluginIsFree() {
        return Mono.when(Mono.fromRunnable(() -> {}).subscribeOn(worker), exchanges.idle());
    }

    /** When the plugin's output ends for good, however it ends, the sockets close. */
    private Mono<Void> untilItEnds(Mono<Void> output) {
        return output.takeUntilOther(cut.asMono())
                .doOnTerminate(this::fence)
                .then(Mono.defer(() -> Mono.when(connections.stop(), exchanges.stop(), lastOfThePlugin())));
    }

    /** Waits until the plugin's threads have run what the end of the output left to it; not for ever for a plugin that blocks it. */
    private Mono<Void> lastOfThePlugin() {
        Mono<Void> late = Mono.delay(service.settings().closeTimeout(), service.timer())
                .doOnNext(waited -> zombie())
                .then();
        return Mono.firstWithSignal(pluginIsFree().onErrorComplete(), late);
    }

    private void zombie() {
        isZombie = true;
        fault("code of the plugin has not returned" + current.hand().named()
                + "; its output is cut off, but Java cannot end its thread");
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
        if (life.enter(ServiceState.STARTING, "composing the plugin")) {
            way().doFinally(signal -> service.timer().schedule(this::release)).subscribe();
        }
    }

    /** Holds what is open against the authority, which has changed. Completes when nothing leaves that it does not allow. */
    Mono<Void> reconsider(StandingAuthority.Replaced change) {
        return Mono.defer(() -> {
            service.report(
                    at -> new Diagnostic.AuthorityReplaced(at, service.name(), change.version(), change.detail()));
            return Mono.when(connections.reconsider(), exchanges.reconsider());
        });
    }

    /**
     * Stops the service: its events complete, its output has the grace to complete, then it is cut off and its sockets are
     * closed.
     *
     * @return how it went, when nothing of the service is left but perhaps a zombie
     */
    Mono<ServiceStop> stop(Duration grace) {
        return Mono.defer(() -> {
            if (life.neverStart()) {
                release();
                return Mono.just(stopped());
            }
            stopping();
            Mono<Boolean> inTime = outputEnded.asMono().thenReturn(false);
            Mono<Boolean> tooLate = Mono.delay(grace, service.timer()).thenReturn(true);
            return Mono.firstWithSignal(inTime, tooLate).flatMap(this::endOutput);
        });
    }

    private Mono<ServiceStop> endOutput(boolean late) {
        if (late) {
            wasCutOff = true;
            // A stop that comes while another one waits finds it given.
            cut.tryEmitEmpty();
        }
        return ended.asMono().then(Mono.fromSupplier(this::stopped));
    }

    private ServiceStop stopped() {
        return new ServiceStop(service.name(), wasCutOff, isZombie);
    }

    private void stopping() {
        life.enter(ServiceState.STOPPING, "the host stops it");
        // A further stop finds it given.
        stopAsked.tryEmitEmpty();
        connections.dialNoMore();
        exchanges.openNoMore();
        lane.complete();
    }

    private void release() {
        lane.close();
        code.release();
        outcomes.complete();
        try {
            releaseWorker();
        } finally {
            // Whatever the end of a worker throws, who stops the service does not wait for ever.
            released();
        }
    }

    private void released() {
        life.enter(ServiceState.STOPPED, isZombie ? "but for a thread of the plugin's" : "nothing of it is left");
        // For a further stop of what was never started: there was no output to wait for.
        outputEnded.tryEmitEmpty();
        // Released once: at the end of the way, or instead of it.
        ended.tryEmitEmpty();
    }

    private void releaseWorker() {
        try {
            exchanges.release(isZombie);
        } finally {
            // A scheduler that the embedder lent may throw; the worker ends all the same.
            endWorker();
        }
    }

    private void endWorker() {
        if (isZombie) {
            // Behind the cancel that waits for the zombie to return, which would never run otherwise.
            interrupt.run();
            if (!worker.isDisposed()) {
                worker.schedule(worker::dispose);
            }
        } else {
            worker.dispose();
        }
    }

    private void fault(String detail) {
        service.report(at -> new Diagnostic.PluginFault(at, service.name(), detail));
    }

    String name() {
        return service.name();
    }

    Optional<RecordingStatus> recording() {
        return service.recorder().status();
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
                life.status(current),
                router.reported(),
                service.queueBound(),
                events.values().stream().reduce(EventCounts.ZERO, EventCounts::plus),
                commands.values().stream().reduce(CommandCounts.ZERO, CommandCounts::plus),
                new PluginCounts(failures.count(), router.heldBack(), outcomes.lost()),
                exchanges.counts(),
                each);
    }
}
