package io.headgate.samples.marketfeed;

import java.util.Map;
import java.util.TreeMap;

/** One symbol's book: what the last snapshot said, and what has changed since. The service's worker changes it, anybody may read it: guarded by itself. */
final class Book {

    private final Map<Long, Long> levels = new TreeMap<>();
    private long number;
    private boolean known;

    /** Nobody can say what it holds, until the next snapshot. */
    synchronized void forget() {
        known = false;
        levels.clear();
    }

    synchronized void begin(FeedMessage snapshot) {
        levels.clear();
        levels.putAll(snapshot.levels());
        number = snapshot.number();
        known = true;
    }

    /**
     * Takes a change.
     *
     * @return false where one is missing before it: what the book holds is wrong then
     */
    synchronized boolean change(FeedMessage delta) {
        if (!known || delta.number() <= number) {
            return true;
        }
        if (delta.number() != number + 1) {
            return false;
        }
        number = delta.number();
        delta.levels().forEach((price, size) -> {
            if (size == 0) {
                levels.remove(price);
            } else {
                levels.put(price, size);
            }
        });
        return true;
    }

    synchronized boolean known() {
        return known;
    }

    /** Sizes by price; empty where it is not known. */
    synchronized Map<Long, Long> levels() {
        return Map.copyOf(levels);
    }
}
