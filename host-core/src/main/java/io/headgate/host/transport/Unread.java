package io.headgate.host.transport;

/**
 * What a transport has taken from the socket and nobody has asked for yet.
 *
 * @param frames how many frames
 * @param bytes their payloads
 */
public record Unread(int frames, long bytes) {

    /** Nothing is unread. */
    public static final Unread NOTHING = new Unread(0, 0);
}
