package io.headgate.host.ws.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The counts of a proxy, and who waits for some of them. Written by the proxy's loop, read by tests. */
final class Tally {

    private final List<Waiting> waiting = new ArrayList<>();
    private TcpCounts counts = TcpCounts.NONE;

    private record Waiting(Predicate<TcpCounts> condition, CompletableFuture<TcpCounts> met) {}

    synchronized TcpCounts counts() {
        return counts;
    }

    void count(Way way, UnaryOperator<TcpCounts.Ledger> change) {
        count(before -> before.with(way, change.apply(before.of(way))));
    }

    /** Conditions are foreign code, but a test's own, and quick; under the lock none of them misses a state. */
    synchronized void count(UnaryOperator<TcpCounts> change) {
        counts = change.apply(counts);
        waiting.removeIf(waits -> waits.condition().test(counts) && waits.met().complete(counts));
    }

    private synchronized Waiting waitFor(Predicate<TcpCounts> condition) {
        Waiting waits = new Waiting(condition, new CompletableFuture<>());
        if (condition.test(counts)) {
            waits.met().complete(counts);
        } else {
            waiting.add(waits);
        }
        return waits;
    }

    private synchronized void forget(Waiting waits) {
        waiting.remove(waits);
    }

    /** Empty-handed it says what there was instead. */
    TcpCounts await(String what, Predicate<TcpCounts> condition, Duration patience) {
        Waiting waits = waitFor(condition);
        try {
            return waits.met().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException impatient) {
            forget(waits);
            throw new AssertionError("not within " + patience + ": " + what + "\n  there is: " + counts(), impatient);
        } catch (InterruptedException interrupted) {
            forget(waits);
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while it waited for: " + what, interrupted);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a count never fails", impossible);
        }
    }
}
