package io.headgate.samples.benchmarks.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Connections that are publishers: each says when it is open, and ends when all are told to. */
final class Lives {

    private final List<CompletableFuture<Void>> openings = new ArrayList<>();
    private final List<CompletableFuture<Void>> ends = new ArrayList<>();
    private final Sinks.Empty<Void> closing = Sinks.empty();

    /** Begins one; it is given what to call once it is open. */
    void begin(Function<Runnable, Mono<Void>> life) {
        CompletableFuture<Void> open = new CompletableFuture<>();
        openings.add(open);
        ends.add(life.apply(() -> open.complete(null))
                .doOnError(open::completeExceptionally)
                .onErrorComplete()
                .toFuture());
    }

    /** Completes when all are open; fails when one could not be. */
    CompletableFuture<Void> allOpen() {
        return CompletableFuture.allOf(openings.toArray(CompletableFuture[]::new));
    }

    /** Completes when they are told to end. */
    Mono<Void> closing() {
        return closing.asMono();
    }

    /** Tells all to end; completes when they have. */
    CompletableFuture<Void> close() {
        closing.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    }
}
