package io.headgate.host.service;

import io.headgate.host.HeadgateException;
import io.headgate.host.diagnostics.Printable;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** One life of a plugin service: what it was given, what it has in hand, and its end. */
final class Incarnation {

    private final long number;
    private final Scheduler clock;
    private final IncarnationScheduler scheduler;
    private final Hand hand;
    private final long beganAtMillis;
    private final Sinks.Empty<Void> over = Sinks.empty();
    private final Sinks.Empty<Void> broken = Sinks.empty();
    private volatile boolean ended;
    private volatile String brokenBy = "";

    Incarnation(long number, Scheduler clock, Scheduler worker) {
        this.number = number;
        this.clock = clock;
        this.scheduler = new IncarnationScheduler(worker, this::breakWith);
        this.hand = new Hand(clock, this::breakWith);
        this.beganAtMillis = clock.now(TimeUnit.MILLISECONDS);
    }

    long number() {
        return number;
    }

    /** What the plugin is lent as its clock and timer. */
    Scheduler scheduler() {
        return scheduler;
    }

    Hand hand() {
        return hand;
    }

    /** Completes when it has ended; at once when it has already. */
    Mono<Void> over() {
        return over.asMono();
    }

    /** Fails when plugin code threw what is no signal; never completes. */
    Mono<Void> broken() {
        return broken.asMono();
    }

    private void breakWith(Throwable thrown) {
        if (brokenBy.isEmpty()) {
            brokenBy = Printable.error(thrown);
        }
        // The first is enough: it ends the incarnation. Not the error itself, which is kept here and may be of the
        // plugin's.
        broken.tryEmitError(new HeadgateException(Printable.error(thrown)));
    }

    /** What the plugin's code threw that was no signal; empty for nothing. */
    String brokenBy() {
        return brokenBy;
    }

    boolean isOver() {
        return ended;
    }

    void end() {
        ended = true;
        scheduler.end();
        // The first of failure, completion and cut; every further one finds it given.
        over.tryEmitEmpty();
    }

    Duration lasted() {
        return Duration.ofMillis(clock.now(TimeUnit.MILLISECONDS) - beganAtMillis);
    }

    /**
     * The plugin's answer to its events. Whatever its code throws is a failure of this incarnation, also what Reactor counts
     * as fatal to the JVM and throws on: a plugin compiled against another library is no reason to hang.
     */
    Flux<OutputCommand> handle(
            Supplier<ServicePlugin> plugin, Flux<IngressEvent> events, DefaultServiceContext context) {
        try {
            Flux<OutputCommand> output =
                    Objects.requireNonNull(plugin.get().handle(events, context), "the plugin's handle returned null");
            return new GuardedOutput(output, this::breakWith);
        } catch (Throwable failure) {
            return Flux.error(failure);
        }
    }
}
