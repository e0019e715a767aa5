package io.headgate.samples.webflux;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import reactor.core.publisher.Flux;

/**
 * The plugin: it tells the audience what happens, and issues what HTTP calls ask for. It does nothing that waits, so its lane is
 * as fast as it gets; what is slow, a browser or a caller, is so behind a bound of its own.
 */
final class Relay implements ServicePlugin {

    private final Audience audience;
    private final Calls calls;
    private final ObservationRegistry observations;

    Relay(Audience audience, Calls calls, ObservationRegistry observations) {
        this.audience = audience;
        this.calls = calls;
        this.observations = observations;
    }

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        Desk desk = calls.desk(context.incarnation());
        return Flux.merge(
                        events.doOnNext(this::tell).doOnComplete(desk::shut).thenMany(Flux.empty()),
                        desk.answered(context.outcomes()),
                        desk.commands())
                .doFinally(end -> desk.end());
    }

    /** A trace of its own: an event comes from a socket, and has no caller. */
    private void tell(IngressEvent event) {
        Observation.createNotStarted("relay.event", observations)
                .lowCardinalityKeyValue("connection", event.connection())
                .lowCardinalityKeyValue("kind", event.getClass().getSimpleName())
                .highCardinalityKeyValue("event", event.id().toString())
                .observe(() -> audience.tell(event));
    }
}
