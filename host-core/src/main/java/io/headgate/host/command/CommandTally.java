package io.headgate.host.command;

import io.headgate.host.authority.Rule;
import io.headgate.plugin.CommandOutcome.Result;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the commands of one connection. Each term is counted where it happens. Guarded by the ledger's lock. */
final class CommandTally {

    private final Map<Rule, Long> refusedBy = new EnumMap<>(Rule.class);
    private long issued;
    private long inFlight;
    private long sent;
    private long sentBytes;
    private long done;
    private long denied;
    private long rejected;
    private long failed;

    void issued() {
        issued++;
        inFlight++;
    }

    void decided(Result result, @Nullable Rule refusedIt, int textBytes) {
        inFlight--;
        switch (result) {
            case SENT -> {
                sent++;
                sentBytes += textBytes;
            }
            case DONE -> done++;
            case DENIED -> denied++;
            case REJECTED -> rejected++;
            case FAILED -> failed++;
        }
        if (refusedIt != null) {
            refusedBy.merge(refusedIt, 1L, Long::sum);
        }
    }

    CommandCounts snapshot() {
        return new CommandCounts(issued, sent, done, denied, rejected, failed, inFlight, sentBytes, refusedBy);
    }
}
