package io.headgate.samples.socketmode;

import java.util.Optional;

/** Which of the two connections is in use, and which the next one is opened at. Only accessed by the service's worker. */
final class Places {

    static final String LEFT = "left";
    static final String RIGHT = "right";

    private String inUse = LEFT;
    private Optional<String> leaving = Optional.empty();

    /** Whether it is that one which has to be opened again. The other one stands empty, and is to. */
    boolean isInUse(String connection) {
        return connection.equals(inUse);
    }

    static String otherThan(String connection) {
        return connection.equals(LEFT) ? RIGHT : LEFT;
    }

    /** The next one is to be at the other place; this one goes when that one stands. */
    void moveFrom(String connection) {
        inUse = otherThan(connection);
        leaving = Optional.of(connection);
    }

    /** Which connection may go, now that this one stands. */
    Optional<String> arrivedAt(String connection) {
        Optional<String> left = leaving.filter(place -> connection.equals(inUse));
        if (left.isPresent()) {
            leaving = Optional.empty();
        }
        return left;
    }
}
