package io.headgate.host.ws.stops;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.ServiceStatus;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a service and its connection are in when the stop comes. */
// Its functions hold nothing.
@SuppressWarnings({"ImmutableEnumChecker", "UnnecessaryLambda"})
enum StopState {
    // These end by themselves when they are stopped.
    CONNECTING(Manner.MUTE, "", ends(), in(ConnectionState.CONNECTING)),
    OPEN(Manner.PROPER, "", ends(), in(ConnectionState.OPEN)),
    FLOODED(Manner.FLOODING, "", ends(), busy()),
    WAITING(Manner.REFUSING, "reconnect: {policy: backoff, first: 1h, max: 1h}", ends(), in(ConnectionState.WAITING)),
    DOWN(Manner.REFUSING, "reconnect: {policy: manual}", ends(), in(ConnectionState.DOWN)),
    DENIED(Manner.PROPER, "", ends(), in(ConnectionState.DENIED)),
    RESTARTING(Manner.PROPER, "restart: {first: 1h, max: 1h}", fails(), now(ServiceState.RESTARTING)),
    FAILED(Manner.PROPER, "restart: {attempts: 0}", fails(), now(ServiceState.FAILED)),
    FINISHED(Manner.PROPER, "", finishes(), now(ServiceState.FINISHED)),
    // Of these the output does not complete: they are cut off.
    IDLE(Manner.PROPER, "", never(), in(ConnectionState.IDLE)),
    OPEN_AND_GOING_ON(Manner.PROPER, "", goesOn(), in(ConnectionState.OPEN)),
    FLOODED_AND_GOING_ON(Manner.FLOODING, "", goesOn(), busy()),
    HELD(Manner.FLOODING, "limits: {overflow: hold, queue-events: 2}", keepsTheFirst(), held()),
    SHORT_OF_TOKENS(Manner.PROPER, "", saysTwo(), inFlight(1)),
    // Of these the peer does not answer the Close.
    DEAF(Manner.DEAF, "", goesOn(), in(ConnectionState.OPEN)),
    UNREADING(Manner.UNREADING, "", saysTooMuch(), inFlight(16)),
    DEAF_AND_FLOODED(Manner.DEAF_FLOODING, "", goesOn(), busy()),
    // The code of these does not return.
    BLOCKED(Manner.PROPER, "", blocks(), in(ConnectionState.OPEN)),
    BLOCKED_AND_FLOODED(Manner.FLOODING, "", blocks(), in(ConnectionState.OPEN));

    private static final String TEXT = "x".repeat(64 * 1024);

    private final Manner manner;
    private final String granted;
    private final Function<Blockade, ServicePlugin> plugin;
    private final Predicate<ServiceStatus> reached;

    StopState(
            Manner manner, String granted, Function<Blockade, ServicePlugin> plugin, Predicate<ServiceStatus> reached) {
        this.manner = manner;
        this.granted = granted;
        this.plugin = plugin;
        this.reached = reached;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As a stop names it. */
    String service() {
        return id() + "/s";
    }

    Manner manner() {
        return manner;
    }

    /** Sections of its grant. */
    String granted() {
        return granted;
    }

    boolean isGranted() {
        return this != DENIED;
    }

    String budget() {
        return this == SHORT_OF_TOKENS ? ", send-budget: 1/1h" : "";
    }

    /** Whoever blocks does so there. */
    ServicePlugin plugin(Blockade blockade) {
        return plugin.apply(blockade);
    }

    boolean isReached(ServiceStatus status) {
        return reached.test(status);
    }

    private static Flux<OutputCommand> answers(Flux<IngressEvent> events) {
        return events.concatMap(
                event -> event instanceof IngressEvent.Text text ? Mono.just(text.reply("answer")) : Mono.empty(), 0);
    }

    /** The events from the first that was opened on: what happens before is of no interest. */
    private static Flux<IngressEvent.Opened> opened(Flux<IngressEvent> events) {
        return events.ofType(IngressEvent.Opened.class);
    }

    private static Function<Blockade, ServicePlugin> ends() {
        return blockade -> (events, context) -> answers(events);
    }

    private static Function<Blockade, ServicePlugin> goesOn() {
        return blockade -> (events, context) -> answers(events).concatWith(Flux.never());
    }

    private static Function<Blockade, ServicePlugin> never() {
        return blockade -> (events, context) -> Flux.never();
    }

    private static Function<Blockade, ServicePlugin> fails() {
        return blockade -> (events, context) ->
                opened(events).concatMap(event -> Mono.error(new IllegalStateException("on purpose")), 0);
    }

    private static Function<Blockade, ServicePlugin> finishes() {
        return blockade -> (events, context) -> opened(events).take(1).map(event -> event.send("the last word"));
    }

    private static Function<Blockade, ServicePlugin> keepsTheFirst() {
        return blockade -> (events, context) ->
                events.concatMap(event -> event instanceof IngressEvent.Text ? Flux.never() : Flux.empty(), 0);
    }

    private static Function<Blockade, ServicePlugin> saysTwo() {
        return blockade -> (events, context) ->
                opened(events).concatMap(event -> Flux.just(event.send("one"), event.send("two")), 0);
    }

    private static Function<Blockade, ServicePlugin> saysTooMuch() {
        return blockade -> (events, context) ->
                opened(events).concatMap(event -> Flux.<OutputCommand>generate(next -> next.next(event.send(TEXT))), 0);
    }

    private static Function<Blockade, ServicePlugin> blocks() {
        return blockade ->
                (events, context) -> opened(events).concatMap(event -> Mono.fromRunnable(blockade::enter), 0);
    }

    private static ConnectionStatus connection(ServiceStatus status) {
        return status.connections().get(0);
    }

    private static Predicate<ServiceStatus> in(ConnectionState state) {
        return status -> connection(status).state() == state;
    }

    private static Predicate<ServiceStatus> now(ServiceState state) {
        return status -> status.state() == state;
    }

    private static Predicate<ServiceStatus> busy() {
        return status -> connection(status).state() == ConnectionState.OPEN
                && connection(status).commands().sent() > 20;
    }

    private static Predicate<ServiceStatus> held() {
        return status -> connection(status).hold().held().sinceMillis() > 0;
    }

    private static Predicate<ServiceStatus> inFlight(int commands) {
        return status -> connection(status).state() == ConnectionState.OPEN
                && connection(status).commands().inFlight() >= commands;
    }
}
