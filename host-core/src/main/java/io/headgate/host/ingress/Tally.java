package io.headgate.host.ingress;

/**
 * A count of texts and of their bytes.
 *
 * @param events how many
 * @param bytes how large together, in bytes on the wire
 */
public record Tally(long events, long bytes) {

    /** None. */
    public static final Tally ZERO = new Tally(0, 0);

    /**
     * The sum of both.
     *
     * @param other the other tally
     * @return the sum
     */
    public Tally plus(Tally other) {
        return new Tally(events + other.events, bytes + other.bytes);
    }
}
