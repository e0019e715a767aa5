package io.headgate.plugin;

import reactor.core.publisher.Flux;

/**
 * A plugin service: a function from the events of its connections to the commands it answers with.
 *
 * <p>The host calls {@link #handle} once for each incarnation of the service and subscribes to what it returns.
 */
@FunctionalInterface
public interface ServicePlugin {

    /**
     * Composes the service.
     *
     * <p>Nothing is dialled before {@code events} is subscribed to. A second incarnation, which follows one whose output
     * failed, finds the connections as they are: it gets the events that the first one did not, {@code Opened} is not
     * told again, and a connection that is down is ({@link IngressEvent.ReconnectNeeded}).
     *
     * @param events the events of all this service's connections, on the service's own worker, in wire order for each
     *     connection. Demand is honoured: what is not asked for waits in the service's bounded queue. It completes when
     *     the host stops the service, never fails, and allows one subscriber: a second gets an
     *     {@link IllegalStateException}. Cancelling it ends the delivery of events.
     * @param context what the host offers this incarnation
     * @return the commands. The host requests at most as many as may be undecided at once (by default 256). Completion
     *     means the service has finished; an error ends the incarnation, and the next one follows after a backoff, within
     *     the bounds of the grant. The event in hand is not delivered again.
     */
    Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context);

    /**
     * Adapts a handler of single events.
     *
     * <p>Events are handled strictly one after another, in order. A failing event is reported through
     * {@link ServiceContext#reportFailure} and the stream goes on with the next one.
     *
     * @param handler answers one event
     * @return the service
     */
    static ServicePlugin perEvent(EventHandler handler) {
        return (events, context) -> events.concatMap(
                event -> Flux.defer(() -> handler.on(event)).onErrorResume(error -> {
                    context.reportFailure(event, error);
                    return Flux.empty();
                }),
                0);
    }
}
