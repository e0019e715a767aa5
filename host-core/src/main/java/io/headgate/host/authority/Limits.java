package io.headgate.host.authority;

import io.headgate.host.ingress.Hold;
import io.headgate.host.ingress.OverflowPolicy;
import java.util.Objects;

/**
 * The bounds of a plugin's services, each service for itself.
 *
 * @param queueEvents the most texts that wait for a service: 1 to 1,048,576, by default 1,024
 * @param queueBytes the most bytes of text that wait for a service: 1 KiB to 1 GiB, by default 8 MiB
 * @param messageBytes the largest message accepted or sent, in bytes of UTF-8: 1 to 64 MiB, by default 1 MiB; at most
 *     {@code queueBytes}
 * @param overflow what a full queue does, by default {@link OverflowPolicy#DROP_NEWEST}. {@link OverflowPolicy#DROP_OLDEST}
 *     needs room for two largest messages, since it keeps one text for the plugin
 * @param connectionShare the most of {@code queueEvents} and {@code queueBytes} that one connection may take: 1 to 100 percent,
 *     by default 100, which is no share. It must hold what a queue of that size would have to hold
 * @param hold for {@link OverflowPolicy#HOLD}: how long, and what then, by default {@link Hold#defaults()}
 * @param binary what a binary message does to its session, by default {@link BinaryPolicy#CLOSE}
 * @param opens how many URIs that the plugin names are dialled, and how often, by default {@link OpenLimits#defaults()}
 */
public record Limits(
        int queueEvents,
        long queueBytes,
        int messageBytes,
        OverflowPolicy overflow,
        int connectionShare,
        Hold hold,
        BinaryPolicy binary,
        OpenLimits opens) {

    static final int MAX_QUEUE_EVENTS = 1_048_576;
    static final long MIN_QUEUE_BYTES = 1L << 10;
    static final long MAX_QUEUE_BYTES = 1L << 30;
    static final int MAX_MESSAGE_BYTES = 64 << 20;
    static final int WHOLE_QUEUE = 100;

    private static final Limits DEFAULTS = new Limits(
            1024,
            8L << 20,
            1 << 20,
            OverflowPolicy.DROP_NEWEST,
            WHOLE_QUEUE,
            Hold.defaults(),
            BinaryPolicy.CLOSE,
            OpenLimits.defaults());

    /** Checks the components. */
    public Limits {
        Require.inRange("queueEvents", queueEvents, 1, MAX_QUEUE_EVENTS, "events");
        Require.inRange("queueBytes", queueBytes, MIN_QUEUE_BYTES, MAX_QUEUE_BYTES, "bytes");
        Require.inRange("messageBytes", messageBytes, 1, MAX_MESSAGE_BYTES, "bytes");
        Objects.requireNonNull(overflow, "overflow");
        Require.inRange("connectionShare", connectionShare, 1, WHOLE_QUEUE, "percent");
        Objects.requireNonNull(hold, "hold");
        Objects.requireNonNull(binary, "binary");
        Objects.requireNonNull(opens, "opens");
        Misfit.among(queueEvents, queueBytes, messageBytes, overflow, connectionShare)
                .ifPresent(misfit -> {
                    throw new IllegalArgumentException(misfit.ofComponents());
                });
    }

    /**
     * The default bounds.
     *
     * @return 1,024 events, 8 MiB, 1 MiB, {@link OverflowPolicy#DROP_NEWEST}, no share, {@link BinaryPolicy#CLOSE},
     *     {@link OpenLimits#defaults()}
     */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /**
     * The same bounds with another number of waiting texts.
     *
     * @param newQueueEvents see {@link #queueEvents()}
     * @return the bounds
     */
    public Limits withQueueEvents(int newQueueEvents) {
        return new Limits(newQueueEvents, queueBytes, messageBytes, overflow, connectionShare, hold, binary, opens);
    }

    /**
     * The same bounds with another number of waiting bytes.
     *
     * @param newQueueBytes see {@link #queueBytes()}
     * @return the bounds
     */
    public Limits withQueueBytes(long newQueueBytes) {
        return new Limits(queueEvents, newQueueBytes, messageBytes, overflow, connectionShare, hold, binary, opens);
    }

    /**
     * The same bounds with another largest message.
     *
     * @param newMessageBytes see {@link #messageBytes()}
     * @return the bounds
     */
    public Limits withMessageBytes(int newMessageBytes) {
        return new Limits(queueEvents, queueBytes, newMessageBytes, overflow, connectionShare, hold, binary, opens);
    }

    /**
     * The same bounds with another overflow policy.
     *
     * @param newOverflow see {@link #overflow()}
     * @return the bounds
     */
    public Limits withOverflow(OverflowPolicy newOverflow) {
        return new Limits(queueEvents, queueBytes, messageBytes, newOverflow, connectionShare, hold, binary, opens);
    }

    /**
     * The same bounds with another share of one connection.
     *
     * @param newConnectionShare see {@link #connectionShare()}
     * @return the bounds
     */
    public Limits withConnectionShare(int newConnectionShare) {
        return new Limits(queueEvents, queueBytes, messageBytes, overflow, newConnectionShare, hold, binary, opens);
    }

    /**
     * The same bounds with another end of a hold.
     *
     * @param newHold see {@link #hold()}
     * @return the bounds
     */
    public Limits withHold(Hold newHold) {
        return new Limits(queueEvents, queueBytes, messageBytes, overflow, connectionShare, newHold, binary, opens);
    }

    /**
     * The same bounds with another answer to binary messages.
     *
     * @param newBinary see {@link #binary()}
     * @return the bounds
     */
    public Limits withBinary(BinaryPolicy newBinary) {
        return new Limits(queueEvents, queueBytes, messageBytes, overflow, connectionShare, hold, newBinary, opens);
    }

    /**
     * The same bounds for the URIs that the plugin names.
     *
     * @param newOpens see {@link #opens()}
     * @return the bounds
     */
    public Limits withOpens(OpenLimits newOpens) {
        return new Limits(queueEvents, queueBytes, messageBytes, overflow, connectionShare, hold, binary, newOpens);
    }
}
