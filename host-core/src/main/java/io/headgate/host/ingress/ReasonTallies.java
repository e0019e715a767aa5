package io.headgate.host.ingress;

import java.util.EnumMap;
import java.util.Map;

/** A tally for each reason. Guarded by the lane's lock. */
final class ReasonTallies<R extends Enum<R>> {

    private final Class<R> type;
    private final Map<R, RunningTally> byReason;

    ReasonTallies(Class<R> type) {
        this.type = type;
        this.byReason = new EnumMap<>(type);
    }

    void add(R reason, long size) {
        byReason.computeIfAbsent(reason, first -> new RunningTally()).add(size);
    }

    Map<R, Tally> snapshot() {
        if (byReason.isEmpty()) {
            return Map.of();
        }
        Map<R, Tally> snapshot = new EnumMap<>(type);
        byReason.forEach((reason, tally) -> snapshot.put(reason, tally.snapshot()));
        return snapshot;
    }
}
