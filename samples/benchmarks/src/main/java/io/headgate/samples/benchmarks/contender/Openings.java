package io.headgate.samples.benchmarks.contender;

import io.headgate.plugin.IngressEvent;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * How many connections are still to open, by what the plugins are told. To ask the host for its status every few milliseconds
 * instead costs more than what is measured: it describes every connection. Any thread.
 */
final class Openings {

    private final AtomicInteger missing;
    private final Sinks.Empty<Void> all = Sinks.empty();

    /** So many connections are to open, each once. */
    Openings(int connections) {
        this.missing = new AtomicInteger(connections);
    }

    /** A plugin was told of this. */
    void told(IngressEvent event) {
        if (event instanceof IngressEvent.Opened && missing.decrementAndGet() == 0) {
            all.tryEmitEmpty().orThrow();
        }
    }

    /** Completes when all are open. */
    Mono<Void> all() {
        return all.asMono();
    }
}
