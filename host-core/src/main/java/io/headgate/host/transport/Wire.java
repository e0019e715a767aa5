package io.headgate.host.transport;

/**
 * The outbound half of a session, as bare as a transport can offer it. Policy is
 * {@link io.headgate.host.command.OutboundWriter}'s.
 *
 * <p>{@link #execute} and {@link #abort} may be called from any thread. Everything else is called on the session's thread
 * only, and calls its listeners there.
 */
public interface Wire {

    /**
     * Runs a task on the session's thread, behind what was given before. Where the caller is on that thread, it runs after
     * the task in hand: so who has much to do can do a part, and let the session's other work have its turn.
     *
     * @param task what to run
     * @return whether it will run: {@code false} once the session's thread has ended
     */
    boolean execute(Runnable task);

    /**
     * Whether texts can still go out.
     *
     * @return {@code false} once a Close frame went either way, or the connection is gone
     */
    boolean isOpen();

    /**
     * Whether the transport takes more without piling it up.
     *
     * @return {@code false} while more than its high-water mark waits
     */
    boolean isWritable();

    /**
     * Hands over one text frame; it leaves at the next {@link #flush} at the latest.
     *
     * @param text valid UTF-16
     * @param listener told once
     */
    void write(String text, WriteListener listener);

    /** Sends what was written. */
    void flush();

    /**
     * Sends a ping, with what was written before it. Does nothing once a Close frame went either way, or the connection is gone.
     *
     * @param number its payload, in eight bytes; a pong with the same payload {@linkplain Frame.Pong#answers answers} it
     */
    void ping(long number);

    /**
     * Begins the close handshake, behind what was written: sends a Close frame, waits for the peer's up to the close
     * timeout, then closes TCP. Only the first Close of a session is sent, be it the host's or the answer to the peer's.
     *
     * @param code the close code
     * @param reason at most 123 bytes of UTF-8
     */
    void close(int code, String reason);

    /** Closes the socket at once, without a Close frame. */
    void abort();

    /**
     * Sets the one listener that is told when {@link #isWritable} or {@link #isOpen} has changed.
     *
     * @param listener called on the session's thread
     */
    void onChange(Runnable listener);
}
