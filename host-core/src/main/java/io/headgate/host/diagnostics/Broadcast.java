package io.headgate.host.diagnostics;

import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * A hot stream that any thread may feed: each subscriber sees what is emitted after it subscribed, in one order, and a slow
 * one loses the oldest, counted.
 *
 * @param <T> what is emitted
 */
public final class Broadcast<T> {

    private final Sinks.Many<T> sink = Sinks.unsafe().many().multicast().directBestEffort();
    private final AtomicLong lost = new AtomicLong();
    private final int capacity;

    /**
     * Makes a stream without subscribers.
     *
     * @param capacity how many elements may wait for one slow subscriber, from 1
     */
    public Broadcast(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Emits to whoever listens now. Never blocks for longer than a short lock, under which no subscriber's code runs.
     *
     * @param element the element
     */
    public synchronized void emit(T element) {
        Sinks.EmitResult result = sink.tryEmitNext(element);
        // Without subscribers, or completed: there is nobody to lose it.
        boolean nobody = result == Sinks.EmitResult.FAIL_ZERO_SUBSCRIBER || result == Sinks.EmitResult.FAIL_TERMINATED;
        if (result.isFailure() && !nobody) {
            lost.incrementAndGet();
        }
    }

    /** Completes the stream, for later subscribers too. */
    public synchronized void complete() {
        // A failure says that it was complete already: there is nobody left to tell.
        sink.tryEmitComplete();
    }

    /**
     * A view of the stream.
     *
     * @param scheduler runs the subscribers; must hop to another thread, as a real scheduler does
     * @return a hot flux that completes with this stream and never fails
     */
    public Flux<T> flux(Scheduler scheduler) {
        return flux(scheduler, Mono.never());
    }

    /**
     * A view of the stream that ends early.
     *
     * @param scheduler runs the subscribers; must hop to another thread, as a real scheduler does
     * @param until its completion, or first element, completes the view
     * @return as {@link #flux(Scheduler)}
     */
    public Flux<T> flux(Scheduler scheduler, Publisher<?> until) {
        return sink.asFlux()
                .takeUntilOther(until)
                .onBackpressureBuffer(capacity, old -> lost.incrementAndGet(), BufferOverflowStrategy.DROP_OLDEST)
                .publishOn(scheduler, false, 1);
    }

    /**
     * What subscribers lost.
     *
     * @return how many elements, summed over all subscribers
     */
    public long lost() {
        return lost.get();
    }
}
