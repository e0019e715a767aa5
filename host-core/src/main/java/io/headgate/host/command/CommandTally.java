package io.headgate.host.command;

import io.headgate.plugin.CommandOutcome.Result;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts the commands of one connection. Each term is counted where it happens, from any thread. */
final class CommandTally {

    private final AtomicLong issued = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLongArray decided = new AtomicLongArray(Result.values().length);

    void issued() {
        issued.incrementAndGet();
        inFlight.incrementAndGet();
    }

    void decided(Result result, int textBytes) {
        inFlight.decrementAndGet();
        decided.incrementAndGet(result.ordinal());
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
        return decided.get(result.ordinal());
    }
}
