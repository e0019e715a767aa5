package io.headgate.samples.webflux;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;

/**
 * One stream's place in the audience: what waits for it is bounded. Where it is too slow the oldest goes, and it is told how many
 * went, in their place. Safe for any thread.
 */
final class Seat {

    private static final ServerSentEvent<String> SEATED =
            ServerSentEvent.<String>builder().event("seated").data("{}").build();

    private final int capacity;
    // All guarded by this.
    private final ArrayDeque<ServerSentEvent<String>> waiting = new ArrayDeque<>();
    private SeatCounts counts = SeatCounts.ZERO;
    private long missed;
    private boolean seated;
    private boolean left;

    Seat(int capacity) {
        this.capacity = capacity;
    }

    synchronized void put(ServerSentEvent<String> event) {
        if (left) {
            return;
        }
        counts = counts.plus(new SeatCounts(1, 0, 0, 0, 1));
        if (waiting.size() == capacity) {
            waiting.removeFirst();
            missed++;
            counts = counts.plus(new SeatCounts(0, 0, 1, 0, -1));
        }
        waiting.addLast(event);
    }

    /** What the stream is told next; null for nothing. */
    synchronized @Nullable ServerSentEvent<String> take() {
        if (!seated) {
            seated = true;
            return SEATED;
        }
        if (missed > 0) {
            ServerSentEvent<String> dropped = dropped(missed);
            missed = 0;
            return dropped;
        }
        ServerSentEvent<String> next = waiting.pollFirst();
        if (next != null) {
            counts = counts.plus(new SeatCounts(0, 1, 0, 0, -1));
        }
        return next;
    }

    private static ServerSentEvent<String> dropped(long count) {
        return ServerSentEvent.<String>builder()
                .event("dropped")
                .data("{\"count\":" + count + "}")
                .build();
    }

    /** Lets go of what waits. A second time changes nothing. */
    synchronized void leave() {
        left = true;
        counts = counts.plus(new SeatCounts(0, 0, 0, waiting.size(), -waiting.size()));
        waiting.clear();
    }

    synchronized SeatCounts counts() {
        return counts;
    }
}
