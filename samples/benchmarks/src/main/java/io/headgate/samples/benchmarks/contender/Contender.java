package io.headgate.samples.benchmarks.contender;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** A WebSocket client under measure. One process holds one, and uses it for one workload after another. */
public interface Contender {

    /**
     * Opens connections, and does the task on each.
     *
     * @param target {@code ws://127.0.0.1:port/}
     * @param shape how many connections, and over how many services
     * @param task what each of them does
     * @return completes when all are open; fails when one could not be opened
     */
    CompletionStage<Void> open(URI target, Shape shape, Task task);

    /**
     * Closes all connections, by a Close frame where the client has one, and ends what {@link #open} has started.
     *
     * @return completes when all are closed
     */
    CompletionStage<Void> close();
}
