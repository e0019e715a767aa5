package io.headgate.host.diagnostics;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The host's diagnostics: a bounded history, and a hot stream of what comes. Safe for any thread.
 *
 * <p>Each service has room of its own for each kind, so a service that floods pushes out no other's diagnostics, and a flood
 * of one kind, such as refused commands, none of another, such as changes of state.
 */
public final class DiagnosticLog {

    /** Whose room it is. The kinds are sealed and the services the host's, so there is a bounded number of them. */
    private record Shelf(String service, Class<? extends Diagnostic> kind) {}

    private final int capacity;
    private final Broadcast<Recorded> live;
    private final Map<Shelf, Deque<Recorded>> shelves = new HashMap<>();
    private long recorded;
    private long forgotten;

    /**
     * Makes an empty log.
     *
     * @param capacity how many diagnostics of one kind are kept for each service, and how many of all may wait for one slow
     *     subscriber, from 1
     */
    public DiagnosticLog(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1 diagnostic, is " + capacity);
        }
        this.capacity = capacity;
        this.live = new Broadcast<>(capacity);
    }

    /**
     * Keeps one, forgetting the oldest of its service and kind when full, and tells who listens.
     *
     * @param diagnostic the diagnostic
     */
    public synchronized void record(Diagnostic diagnostic) {
        Deque<Recorded> shelf = shelves.computeIfAbsent(
                new Shelf(diagnostic.service(), diagnostic.getClass()), absent -> new ArrayDeque<>());
        if (shelf.size() == capacity) {
            shelf.remove();
            forgotten++;
        }
        Recorded next = new Recorded(++recorded, diagnostic);
        shelf.add(next);
        live.emit(next);
    }

    /**
     * What is kept.
     *
     * @return in the order it was recorded in, oldest first
     */
    public List<Diagnostic> history() {
        return kept(0).stream().map(Recorded::diagnostic).toList();
    }

    private List<Recorded> kept(long after) {
        return kept().stream()
                .filter(one -> one.number() > after)
                .sorted(Comparator.comparingLong(Recorded::number))
                .toList();
    }

    /** Copied under the lock, for which an event loop may wait; put in order outside of it. */
    private synchronized List<Recorded> kept() {
        return shelves.values().stream().flatMap(Collection::stream).toList();
    }

    /**
     * How many were forgotten because the history was full.
     *
     * @return a count
     */
    public synchronized long forgotten() {
        return forgotten;
    }

    /**
     * What comes from now on.
     *
     * @param scheduler runs the subscribers
     * @return a hot flux in the order of the log; a slow subscriber loses the oldest. It never fails
     */
    public Flux<Diagnostic> live(Scheduler scheduler) {
        return live.flux(scheduler).map(Recorded::diagnostic);
    }

    /**
     * What is kept of what comes after a number, and then what comes.
     *
     * @param number of the last one that was seen; 0 for none, and so is one that was not reached: it is of another log
     * @param scheduler runs the subscribers
     * @return in order, and none of it twice; what was forgotten or lost shows as a gap in the numbers. It never fails
     */
    public Flux<Recorded> after(long number, Scheduler scheduler) {
        return Flux.defer(() -> {
            Resumption resumption = new Resumption(isReached(number) ? number : 0, this::kept);
            // In this order: what is recorded once the first is subscribed to comes by it.
            Flux<Optional<Recorded>> coming = live.flux(scheduler).map(Optional::of);
            Mono<Optional<Recorded>> listening =
                    Mono.just(Optional.<Recorded>empty()).subscribeOn(scheduler);
            return Flux.merge(coming, listening).concatMapIterable(resumption::next, 1);
        });
    }

    private synchronized boolean isReached(long number) {
        return number <= recorded;
    }

    /**
     * How many diagnostics slow subscribers lost.
     *
     * @return a count over all subscribers
     */
    public long lost() {
        return live.lost();
    }

    /** Completes the stream. The history stays. */
    public void complete() {
        live.complete();
    }
}
