package io.headgate.host.ws.stops;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;

/** Waits for what other threads make true. */
final class Eventually {

    static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(2);

    private Eventually() {}

    static void holds(BooleanSupplier condition, Supplier<String> otherwise) {
        if (condition.getAsBoolean()) {
            return;
        }
        Flux.interval(BETWEEN)
                .onBackpressureDrop()
                .filter(look -> condition.getAsBoolean())
                .next()
                .timeout(LIMIT)
                .onErrorMap(late -> new AssertionError(otherwise.get(), late))
                .block();
    }
}
