package io.headgate.host.exchange;

import io.headgate.host.diagnostics.Diagnostic;
import java.util.HashMap;
import java.util.Map;

/** Keeps one service's diagnostics about exchanges from flooding: of each kind one in a while. Safe for any thread. */
final class Pauses {

    private static final long PAUSE_MILLIS = 1_000;

    private final Map<Class<? extends Diagnostic>, Long> nextAtMillis = new HashMap<>();

    /** Whether one of this kind may be told now; if so, the next pause begins. */
    synchronized boolean isOver(Class<? extends Diagnostic> kind, long atMillis) {
        long next = nextAtMillis.getOrDefault(kind, Long.MIN_VALUE);
        // A clock that was set back ends a pause too: nothing is kept quiet until it is where it was.
        if (atMillis < next && atMillis >= next - PAUSE_MILLIS) {
            return false;
        }
        nextAtMillis.put(kind, atMillis + PAUSE_MILLIS);
        return true;
    }
}
