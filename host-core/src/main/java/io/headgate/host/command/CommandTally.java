package io.headgate.host.command;

import io.headgate.plugin.CommandOutcome.Result;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the commands of one connection. Each term is counted where it happens, from any thread. */
final class CommandTally {

    private final AtomicLong issued = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong sentBytes = new AtomicLong();
    private final Map<Result, AtomicLong> decided = new EnumMap<>(Result.class);

    CommandTally() {
        EnumSet.allOf(Result.class).forEach(result -> decided.put(result, new AtomicLong()));
    }

    void issued() {
        issued.incrementAndGet();
        inFlight.incrementAndGet();
    }

    void decided(Result result, int textBytes) {
        inFlight.decrementAndGet();
        counter(result).incrementAndGet();
        if (result == Result.SENT) {
            sentBytes.addAndGet(textBytes);
        }
    }

    CommandCounts snapshot() {
        return new CommandCounts(
                issued.get(),
                count(Result.SENT),
                count(Result.DONE),
                count(Result.DENIED),
                count(Result.REJECTED),
                count(Result.FAILED),
                inFlight.get(),
                sentBytes.get());
    }

    private long count(Result result) {
        return counter(result).get();
    }

    private AtomicLong counter(Result result) {
        return Objects.requireNonNull(decided.get(result), "a counter for each result");
    }
}
