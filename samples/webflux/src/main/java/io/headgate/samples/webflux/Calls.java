package io.headgate.samples.webflux;

import io.headgate.plugin.CommandOutcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/** The way from HTTP into the plugin, whichever incarnation of it runs. Safe for any thread. */
final class Calls {

    private final int atOnce;
    private final ObservationRegistry observations;
    private final Scheduler scheduler;
    private final AtomicReference<@Nullable Desk> open = new AtomicReference<>();
    private final AtomicLong refused = new AtomicLong();

    /**
     * Makes a way that leads nowhere until the plugin runs.
     *
     * @param atOnce how many calls may be undecided at once
     * @param observations where a span for each command is begun
     * @param scheduler tells callers, so that no response is written on the plugin's thread
     */
    Calls(int atOnce, ObservationRegistry observations, Scheduler scheduler) {
        this.atOnce = atOnce;
        this.observations = observations;
        this.scheduler = scheduler;
    }

    /**
     * Sends a message.
     *
     * @return issues one command at each subscription, and answers with what became of it. Fails with a {@link Problem} where there is
     *     no plugin or no place, or the plugin ends. A subscriber that goes does not take the command with it
     */
    Mono<CommandOutcome> send(Message message) {
        return Mono.deferContextual(context -> {
            Call call = new Call(begin(message, context));
            Desk desk = open.get();
            Problem refusal = desk == null ? Problem.notRunning() : desk.take(call, message);
            if (refusal != null) {
                refused.incrementAndGet();
                call.refused(refusal);
            }
            return call.outcome().publishOn(scheduler);
        });
    }

    /** The span of the command is the child of the caller's, wherever it ends. */
    private Observation begin(Message message, ContextView caller) {
        Observation observation = Observation.createNotStarted("relay.message", observations)
                .highCardinalityKeyValue("connection", message.connection());
        caller.<Observation>getOrEmpty(ObservationThreadLocalAccessor.KEY).ifPresent(observation::parentObservation);
        return observation.start();
    }

    /** The desk of an incarnation, which takes the place of the last one's. */
    Desk desk(long incarnation) {
        Desk desk = new Desk("call-" + incarnation + "-", atOnce);
        open.set(desk);
        return desk;
    }

    int undecided() {
        Desk desk = open.get();
        return desk == null ? 0 : desk.undecided();
    }

    /** How many calls became no command. */
    long refused() {
        return refused.get();
    }
}
