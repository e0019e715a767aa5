package io.headgate.host.diagnostics;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Joins what is kept and what comes, for one subscriber: nothing of both is missing between them, and nothing comes twice. What comes
 * is listened to first, and is left out until what is kept has been looked at, as that has it.
 */
final class Resumption {

    private final LongFunction<List<Recorded>> kept;
    private long last;
    private boolean joined;

    /**
     * Makes one.
     *
     * @param after what the subscriber has seen
     * @param kept what is kept behind a number, in order
     */
    Resumption(long after, LongFunction<List<Recorded>> kept) {
        this.last = after;
        this.kept = kept;
    }

    /** Takes one that comes, or, empty and once, the sign that what comes is listened to. One call at a time. */
    List<Recorded> next(Optional<Recorded> coming) {
        List<Recorded> next = coming.isEmpty() ? kept.apply(last) : joined ? List.of(coming.get()) : List.of();
        joined |= coming.isEmpty();
        List<Recorded> unseen = next.stream().filter(one -> one.number() > last).toList();
        if (!unseen.isEmpty()) {
            last = unseen.get(unseen.size() - 1).number();
        }
        return unseen;
    }
}
