package io.headgate.host.ws.soak;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The first law that does not hold. Any thread. */
final class Verdict {

    private final CompletableFuture<Void> broken = new CompletableFuture<>();

    void require(boolean holds, Supplier<String> law) {
        if (!holds) {
            broken(law.get());
        }
    }

    void broken(String law) {
        failed(new AssertionError(law));
    }

    void failed(Throwable error) {
        broken.completeExceptionally(error);
    }

    /** Waits, and throws as soon as a law is broken. */
    void holdsFor(Duration time) throws InterruptedException {
        try {
            broken.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException held) {
            // What was hoped for.
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
        }
    }
}
