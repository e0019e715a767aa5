package io.headgate.host.transport;

import reactor.core.publisher.Flux;

/** An open WebSocket. */
public interface Session {

    /**
     * What the peer chose of the offered subprotocols.
     *
     * @return the subprotocol; empty when none was negotiated
     */
    String subprotocol();

    /**
     * The frames the peer sends, in wire order, messages put together.
     *
     * <p>One subscriber; a second gets an {@link IllegalStateException}. Emits on the session's thread. Demand is honoured
     * by reading no further, which also leaves pings unanswered and the peer's end unnoticed: request without bound and bound
     * the queue behind. While demand is lacking, at most what one read of the socket completed is {@linkplain #unread()
     * unread}; TCP holds back the rest.
     * Completes after {@link Frame.Close}; completes without one when the peer ended TCP without a Close frame. Fails with
     * a {@link TransportException} when the connection broke or the peer broke the protocol. Cancelling closes the socket
     * at once.
     *
     * @return the frames
     */
    Flux<Frame> frames();

    /**
     * What was read and not asked for. Any thread; a moment old at most, and exact once nothing moves.
     *
     * @return nothing, while demand keeps up
     */
    Unread unread();

    /**
     * How often reading the socket has brought bytes: also of a frame that is not complete. On the session's thread.
     *
     * @return a number that grows with each read that brought any
     */
    long reads();

    /**
     * The way out.
     *
     * @return the same object at each call
     */
    Wire wire();
}
