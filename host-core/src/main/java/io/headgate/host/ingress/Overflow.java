package io.headgate.host.ingress;

/**
 * A lane began to lose texts of a connection: the plugin will see one {@link io.headgate.plugin.IngressEvent.Gap} for the run.
 *
 * @param connection the connection that loses them
 * @param epoch the session of the first one lost
 * @param atMillis when the text that found no room was received, in milliseconds since 1970-01-01T00:00Z
 * @param reason the bound that bit
 * @param policy the lane's policy. With {@link OverflowPolicy#CLOSE} this is told once for a session, and asks for its close
 */
public record Overflow(String connection, long epoch, long atMillis, DropReason reason, OverflowPolicy policy) {}
