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
     * by reading no further, which also leaves pings unanswered: request without bound and bound the queue behind.
     * Completes after {@link Frame.Close}; completes without one when the peer ended TCP without a Close frame. Fails with
     * a {@link TransportException} when the connection broke or the peer broke the protocol. Cancelling closes the socket
     * at once.
     *
     * @return the frames
     */
    Flux<Frame> frames();

    /**
     * The way out.
     *
     * @return the same object at each call
     */
    Wire wire();
}
