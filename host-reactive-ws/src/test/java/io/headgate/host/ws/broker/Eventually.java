package io.headgate.host.ws.broker;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Waits for what a test cannot be told of. */
final class Eventually {

    /** How long anything in these tests may take. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Eventually() {}

    /** Looks until it sees what is wanted; after {@link #LIMIT} it gives the last look, for an assertion to show. */
    static <T> T eventually(Callable<T> look, Predicate<T> wanted) {
        return Mono.fromCallable(look)
                .subscribeOn(Schedulers.boundedElastic())
                .repeatWhen(looked -> looked.delayElements(BETWEEN_LOOKS))
                .takeUntil(wanted)
                .take(LIMIT)
                .blockLast();
    }
}
