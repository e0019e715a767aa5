package io.headgate.host.diagnostics;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
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

    private record Numbered(long number, Diagnostic diagnostic) {}

    private final int capacity;
    private final Broadcast<Diagnostic> live;
    private final Map<Shelf, Deque<Numbered>> shelves = new HashMap<>();
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
        Deque<Numbered> shelf = shelves.computeIfAbsent(
                new Shelf(diagnostic.service(), diagnostic.getClass()), absent -> new ArrayDeque<>());
        if (shelf.size() == capacity) {
            shelf.remove();
            forgotten++;
        }
        shelf.add(new Numbered(++recorded, diagnostic));
        live.emit(diagnostic);
    }

    /**
     * What is kept.
     *
     * @return in the order it was recorded in, oldest first
     */
    public List<Diagnostic> history() {
        return kept().stream()
                .sorted(Comparator.comparingLong(Numbered::number))
                .map(Numbered::diagnostic)
                .toList();
    }

    /** Copied under the lock, for which an event loop may wait; put in order outside of it. */
    private synchronized List<Numbered> kept() {
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
        return live.flux(scheduler);
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
