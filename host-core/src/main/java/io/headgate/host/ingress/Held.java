package io.headgate.host.ingress;

/**
 * How {@link OverflowPolicy#HOLD} held a connection.
 *
 * @param sinceMillis since when its session waits for room, in milliseconds since 1970-01-01T00:00Z; 0 while it does not
 * @param times how often one had to wait
 */
public record Held(long sinceMillis, long times) {

    static final Held NEVER = new Held(0, 0);

    Held since(long atMillis) {
        return new Held(atMillis, times + 1);
    }

    Held ended() {
        return new Held(0, times);
    }
}
