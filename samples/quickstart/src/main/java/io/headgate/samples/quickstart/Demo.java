package io.headgate.samples.quickstart;

import io.headgate.host.service.ServiceStatus;
import io.headgate.samples.quickstart.ChatGateway.Listening;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One run of the demo: a gateway, a host and its plugin, from their start to their end. */
final class Demo {

    private static final Duration SETTLE = Duration.ofSeconds(2);
    /** What a slow machine may need to the end of the story. */
    private static final Duration OVERTIME = Duration.ofSeconds(10);

    private static final Duration AFTERWORD = Duration.ofSeconds(1);

    private final DemoSettings settings;
    private final Mono<Void> interrupted;
    private final Narrator narrator;
    private final ChatBridge bridge;

    /**
     * Makes a run.
     *
     * @param settings what it is told
     * @param out where it prints
     * @param interrupted ends it early; may never complete
     */
    Demo(DemoSettings settings, PrintStream out, Mono<Void> interrupted) {
        this.settings = settings;
        this.interrupted = interrupted;
        this.narrator = new Narrator(out);
        this.bridge = new ChatBridge(narrator);
    }

    /** What a run came to: the host's counts against the gateway's, at the end of both. */
    Mono<Reckoning> run() {
        return Mono.usingWhen(ChatGateway.listen(settings.story()), this::withGateway, Listening::stop)
                .doOnNext(reckoning -> narrator.line(reckoning.line()));
    }

    private Mono<Reckoning> withGateway(Listening gateway) {
        String chat = settings.embedded() ? gateway.base() + "/v1/gateway" : settings.target();
        DemoHost host = DemoHost.of(chat, gateway.base(), bridge);
        return Mono.usingWhen(Mono.just(host), started -> show(started, gateway), DemoHost::stop)
                .flatMap(
                        before -> gateway.everybodyGone().then(Mono.fromSupplier(() -> reckon(before, host, gateway))));
    }

    /** The show, up to the status before the host stops: afterwards every connection would read STOPPED. */
    private Mono<ServiceStatus> show(DemoHost host, Listening gateway) {
        Mono<Void> acts =
                host.start().then(curtain(gateway)).then(gateway.fallSilent()).then(settled(host, gateway));
        // The diagnostics come first: they are hot, and the first of them tell of the start.
        Flux<Boolean> told = host.diagnostics().doOnNext(narrator::diagnostic).map(line -> false);
        return Flux.merge(told, acts.thenReturn(true))
                .takeUntil(over -> over)
                .then(Mono.fromSupplier(host::status))
                .doOnNext(status -> StatusTable.of(status).forEach(narrator::line));
    }

    private Mono<Void> curtain(Listening gateway) {
        if (settings.seconds() == 0) {
            return interrupted;
        }
        Mono<Void> told = settings.embedded() ? until(() -> gateway.counts().identifies() > 1, OVERTIME) : Mono.empty();
        return Mono.firstWithSignal(
                Mono.delay(settings.run().minus(AFTERWORD))
                        .then(told)
                        .then(Mono.delay(AFTERWORD))
                        .then(),
                interrupted);
    }

    /** Waits until all that the gateway said has reached the plugin. Where it does not, the reckoning shows it. */
    private static Mono<Void> settled(DemoHost host, Listening gateway) {
        return until(() -> isSettled(host.status(), gateway.counts()), SETTLE);
    }

    private static Mono<Void> until(BooleanSupplier reached, Duration atMost) {
        return Flux.interval(Duration.ZERO, Duration.ofMillis(20))
                .onBackpressureDrop()
                .takeUntil(tick -> reached.getAsBoolean())
                .take(atMost)
                .then();
    }

    private static boolean isSettled(ServiceStatus status, GatewayCounts counts) {
        return status.events().queued().events() == 0
                && status.events().received().events()
                        >= counts.chat().sent() + counts.feed().sent();
    }

    private Reckoning reckon(ServiceStatus before, DemoHost host, Listening gateway) {
        return new Reckoning(
                host.status(), Reckoning.denied(before), gateway.counts(), bridge.missed(), settings.embedded());
    }
}
