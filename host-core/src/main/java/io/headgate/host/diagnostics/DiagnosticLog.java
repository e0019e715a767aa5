package io.headgate.host.diagnostics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** The host's diagnostics: a bounded history, and a hot stream of what comes. Safe for any thread. */
public final class DiagnosticLog {

    private final int capacity;
    private final Broadcast<Diagnostic> live;
    private final Deque<Diagnostic> history = new ArrayDeque<>();
    private long forgotten;

    /**
     * Makes an empty log.
     *
     * @param capacity how many diagnostics are kept, and how many may wait for one slow subscriber, from 1
     */
    public DiagnosticLog(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1 diagnostic, is " + capacity);
        }
        this.capacity = capacity;
        this.live = new Broadcast<>(capacity);
    }

    /**
     * Keeps one, forgetting the oldest when full, and tells who listens.
     *
     * @param diagnostic the diagnostic
     */
    public synchronized void record(Diagnostic diagnostic) {
        if (history.size() == capacity) {
            history.remove();
            forgotten++;
        }
        history.add(diagnostic);
        live.emit(diagnostic);
    }

    /**
     * What is kept.
     *
     * @return oldest first
     */
    public synchronized List<Diagnostic> history() {
        return List.copyOf(history);
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
