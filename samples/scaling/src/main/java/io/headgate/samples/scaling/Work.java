package io.headgate.samples.scaling;

import io.headgate.plugin.ServiceContext;
import reactor.core.publisher.Mono;

/** What is done with each text: the part that is yours. */
@FunctionalInterface
interface Work {

    /** There is none: every text is answered at once. */
    Work NONE = (task, context) -> Mono.empty();

    /**
     * Does it. Called on one of the shard's workers, where it may block; never for two texts of one stripe at once, and in the gateway's
     * order for each key. What takes too long is cancelled, and its thread interrupted: only what goes on all the same may overlap the next.
     *
     * @param task a text and its key
     * @param context has the settings, and the clock for whatever waits
     * @return completes when it is done; an error is answered with {@code failed}, and the key's next text follows
     */
    Mono<Void> on(Task task, ServiceContext context);
}
