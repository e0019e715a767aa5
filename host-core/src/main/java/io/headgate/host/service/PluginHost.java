package io.headgate.host.service;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.DiagnosticLog;
import io.headgate.host.diagnostics.Recorded;
import io.headgate.host.loading.LoadedPlugins;
import io.headgate.host.loading.PluginUnload;
import io.headgate.host.recording.HostRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Hosts plugin services: owns their WebSockets, feeds them events, carries out their commands, and says how they are.
 *
 * <pre>{@code
 * PluginHost host = PluginHost.builder()
 *         .driver(ReactorNettyDriver.create())
 *         .grants(GrantFile.read(Path.of("grants.yaml")))
 *         .plugin(Manifest.read(Path.of("plugin.yaml")), new ChatBridge())
 *         .build();
 * host.start().subscribe();
 * }</pre>
 *
 * <p>All methods may be called from any thread, and none blocks.
 */
public final class PluginHost {

    private final List<HostedService> services;
    private final Optional<GrantWatch> watch;
    private final DiagnosticLog log;
    private final Scheduler timer;
    private final boolean ownsTimer;
    private final LoadedPlugins jars;
    private final Optional<HostRecorder> recorder;
    private final AtomicBoolean letGo = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final Sinks.Empty<Void> stopping = Sinks.empty();
    /** One replacement at a time: each service sees them in one order. */
    private final Object replacing = new Object();

    PluginHost(
            List<HostedService> services,
            Optional<GrantWatch> watch,
            LoadedPlugins jars,
            Optional<HostRecorder> recorder,
            DiagnosticLog log,
            Scheduler timer,
            boolean ownsTimer) {
        this.services = List.copyOf(services);
        this.watch = watch;
        this.jars = jars;
        this.recorder = recorder;
        this.log = log;
        this.timer = timer;
        this.ownsTimer = ownsTimer;
    }

    /**
     * Begins a host.
     *
     * @return a builder
     */
    public static PluginHostBuilder builder() {
        return new PluginHostBuilder();
    }

    /**
     * Starts every service that has not been started.
     *
     * @return completes when the services are on their way, without waiting for a plugin or a network; what fails later is in
     *     the status and the diagnostics. Never fails. A further subscription changes nothing.
     */
    public Mono<Void> start() {
        return Mono.fromRunnable(() -> {
            services.forEach(service -> service.supervisor().start());
            watch.filter(file -> !watching.getAndSet(true))
                    .ifPresent(file -> file.start(this::grants, stopping.asMono()));
        });
    }

    /**
     * Replaces what is granted, while everything runs: for each service at once and as a whole. What is no longer allowed ends: a
     * session that may not be open is cut off, texts that wait and may not be sent are denied. What was denied and is allowed now
     * is dialled. Limits, reconnect, liveness, restart and settings of a grant stay as they were when the host was built.
     *
     * <p>Texts that were handed to the socket before may still leave, until the acknowledgement; a session that does not get rid
     * of them is cut off at {@link HostSettings#closeTimeout}.
     *
     * @param next what is granted from now on: the whole of it, so who is not named there has nothing
     * @return the acknowledgement: completes when nothing leaves the host any more that {@code next} does not allow. The
     *     replacement happens at each subscription, and does not end with the subscriber. Never fails
     */
    public Mono<Void> grants(GrantFile next) {
        Objects.requireNonNull(next, "next");
        return Mono.defer(() -> Mono.when(replaceAll(next)).cache());
    }

    private List<Mono<Void>> replaceAll(GrantFile next) {
        synchronized (replacing) {
            // All of them first: who is acknowledged later is held to it already.
            services.forEach(service -> service.authority().replace(next));
            return services.stream()
                    .map(service ->
                            service.supervisor().reconsider(service.authority().replaced()))
                    .toList();
        }
    }

    /**
     * Stops every service, for good: their events complete, their outputs have the grace to complete while sends still go
     * out, then they are cut off, their sockets are closed with code 1001, and every command is decided. A host is not
     * started again.
     *
     * @param grace how long a plugin's output may take to complete; from 0 to 1 day
     * @return how it went, when nothing is left that the host made; after the grace, the close timeout and one second at
     *     the latest, and five more where what is recorded waits for a disk. Never fails. A further subscription waits for the same end.
     */
    public Mono<StopReport> stop(Duration grace) {
        requireUpToADay("grace", grace);
        return Flux.fromIterable(services)
                .doFirst(stopping::tryEmitEmpty)
                .flatMapSequential(service -> service.supervisor().stop(grace), Math.max(1, services.size()), 1)
                .collectList()
                .delayUntil(stops -> Mono.justOrEmpty(recorder).flatMap(HostRecorder::close))
                .map(stops -> StopReport.of(stops, letGo()))
                .doOnNext(report -> log.complete())
                .doAfterTerminate(this::release);
    }

    private List<PluginUnload> letGo() {
        List<PluginUnload> held = jars.release();
        if (!letGo.getAndSet(true)) {
            held.forEach(this::report);
        }
        return held;
    }

    private void report(PluginUnload retained) {
        log.record(new Diagnostic.PluginRetained(
                timer.now(TimeUnit.MILLISECONDS), retained.plugin(), retained.described()));
    }

    /**
     * What became of the code of the plugins from jars. To be asked after {@link #stop}, by whoever loads plugins again and again.
     * Best effort: the host can neither force a JVM to let go of code, nor see all that holds it.
     *
     * @param patience how long to wait for it to leave the memory; from 0 to 1 day
     * @return asks the JVM for collections ({@link System#gc()}) until all is gone, and for as long as the patience lasts; then
     *     answers for each of them, in the order they were added, on a thread of its own, and tells of each that is retained by a
     *     diagnostic in the {@linkplain #history() history}. Before the stop all is {@code LOADED}, at once. Never fails
     */
    public Mono<List<PluginUnload>> unloads(Duration patience) {
        requireUpToADay("patience", patience);
        return jars.collected(patience)
                .doOnNext(unloads -> unloads.stream()
                        .filter(unload -> unload.state() == PluginUnload.State.RETAINED)
                        .forEach(this::report));
    }

    private static void requireUpToADay(String what, Duration duration) {
        if (duration.isNegative() || duration.compareTo(HostSettings.LONGEST) > 0) {
            throw new IllegalArgumentException(what + " must be from 0 to 1 day, is " + duration);
        }
    }

    private void release() {
        if (ownsTimer && !released.getAndSet(true)) {
            // Behind what the timer has still to tell the subscribers of the diagnostics.
            timer.schedule(timer::dispose);
        }
    }

    /**
     * How everything is at this moment.
     *
     * @return a snapshot; within one service, the ledger of the events is consistent, and so is that of the commands. All else
     *     is read one by one
     */
    public HostStatus status() {
        return new HostStatus(
                timer.now(TimeUnit.MILLISECONDS),
                services.stream().map(service -> service.supervisor().status()).toList(),
                services.stream()
                        .flatMap(service -> service.supervisor().recording().stream())
                        .toList(),
                log.forgotten(),
                log.lost());
    }

    /**
     * What happens from now on, for operators and logs.
     *
     * @return a hot flux, in order, on the host's timer thread, so a subscriber must not block; a slow one loses the oldest
     *     beyond {@link HostSettings#diagnosticsHistory}. Completes when the host has stopped; never fails.
     */
    public Flux<Diagnostic> diagnostics() {
        return Flux.defer(() -> released.get() ? Flux.empty() : log.live(timer));
    }

    /**
     * What happened since, for who goes on where it left off: a page that lost its connection, a shipper of logs.
     *
     * @param number of the last diagnostic that was seen, 0 for none. Numbers begin anew with each host: one that this host has not
     *     reached counts as 0
     * @return what the {@linkplain #history() history} has behind that number, then what happens, in order and none of it
     *     twice; what the history let go, or a slow subscriber lost, shows as a gap in the numbers. On the host's timer thread, so
     *     a subscriber must not block. Completes when the host has stopped; never fails
     */
    public Flux<Recorded> diagnosticsAfter(long number) {
        return Flux.defer(() -> log.after(number, released.get() ? Schedulers.immediate() : timer));
    }

    /**
     * What happened lately.
     *
     * @return the last diagnostics, oldest first, at most {@link HostSettings#diagnosticsHistory} for each service and kind
     */
    public List<Diagnostic> history() {
        return log.history();
    }
}
