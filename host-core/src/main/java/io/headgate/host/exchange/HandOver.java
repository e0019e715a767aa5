package io.headgate.host.exchange;

import io.headgate.plugin.PullException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The thread on which a service is told about its exchanges: neither an event loop, nor the timer, nor the worker, which a
 * plugin may block to wait for an exchange. Made when the first signal is due.
 */
final class HandOver {

    private final Supplier<Scheduler> made;
    // Both guarded by this.
    private @Nullable Scheduler scheduler;
    private boolean released;

    HandOver(Supplier<Scheduler> made) {
        this.made = made;
    }

    /**
     * Gives the signals of a source to the service's thread. Once that has ended, all exchanges have: what there is to say is said
     * where it was asked.
     */
    <T> Mono<T> give(Mono<T> source) {
        return Mono.defer(() -> {
                    Scheduler thread = thread();
                    return thread == null ? source : source.publishOn(thread);
                })
                .onErrorMap(RejectedExecutionException.class, ended -> over());
    }

    private static PullException over() {
        return End.withIncarnation().error();
    }

    /**
     * The embedder's function is asked under the lock, so that it is asked once and no thread is made after the release. Nothing
     * but this service's exchanges waits for that lock, and they wait for the thread.
     */
    private synchronized @Nullable Scheduler thread() {
        if (scheduler == null && !released) {
            scheduler = made.get();
        }
        return released ? null : scheduler;
    }

    /** Completes when all that was given has been taken; at once where nothing was. */
    Mono<Void> idle() {
        return Mono.defer(() -> {
            Scheduler thread = begun();
            return thread == null
                    ? Mono.<Void>empty()
                    : Mono.<Void>fromRunnable(() -> {}).subscribeOn(thread);
        });
    }

    private synchronized @Nullable Scheduler begun() {
        return scheduler;
    }

    /** Ends the thread: behind what it was given, or at once where code of the plugin's does not return. */
    void release(boolean atOnce) {
        Scheduler thread = last();
        if (thread == null || thread.isDisposed()) {
            return;
        }
        if (atOnce) {
            thread.dispose();
        } else {
            thread.schedule(thread::dispose);
        }
    }

    private synchronized @Nullable Scheduler last() {
        released = true;
        return scheduler;
    }
}
