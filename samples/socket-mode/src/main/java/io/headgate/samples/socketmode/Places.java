package io.headgate.samples.socketmode;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which of the two connections is in use, and which the next one is opened at. Only accessed by the service's worker. */
final class Places {

    static final String LEFT = "left";
    static final String RIGHT = "right";

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 5;

    private final Set<String> vacant = new HashSet<>();
    private String inUse = LEFT;
    private Optional<String> leaving = Optional.empty();
    /** How often one was opened since the last that stood. */
    private int tries;

    static String otherThan(String connection) {
        return connection.equals(LEFT) ? RIGHT : LEFT;
    }

    /** Nothing is there any more, and nothing comes by itself. Whether it is the place to open again; the other one stands empty, and is to. */
    boolean vacated(String connection) {
        vacant.add(connection);
        return connection.equals(inUse) && vacant.remove(connection);
    }

    /**
     * The next one is to be at the other place; this one goes when that one stands. Whether it can be opened at once: a session that has
     * not ended yet is said to be {@link #vacated} later, and one that is not in use is left already.
     */
    boolean moveFrom(String connection) {
        if (!connection.equals(inUse)) {
            return false;
        }
        inUse = otherThan(connection);
        leaving = Optional.of(connection);
        return vacant.remove(inUse);
    }

    /** How long to wait before the next call: not at all, but behind one that never stood. */
    Duration pause() {
        int before = tries++;
        return before == 0 ? Duration.ZERO : FIRST_PAUSE.multipliedBy(1L << Math.min(before - 1, MOST_DOUBLINGS));
    }

    /** Which connection may go, now that this one stands. */
    Optional<String> arrivedAt(String connection) {
        tries = 0;
        Optional<String> left = leaving.filter(place -> connection.equals(inUse));
        if (left.isPresent()) {
            leaving = Optional.empty();
        }
        return left;
    }
}
