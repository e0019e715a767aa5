package io.headgate.plugin;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * A WebSocket that a plugin pulls from: for <strong>one bounded exchange</strong>, such as a ticket, a login or the look-up of a
 * URL, and for nothing else.
 *
 * <p><strong>It is not the way to integrate a service.</strong> It is cut off when its life is over, it carries a bounded number
 * of texts, nothing dials it again, and what is not pulled in time is lost with it. What a service lives on is a connection that
 * its manifest <em>declares</em> with the access {@code subscribe}: the host keeps it open, tells of its texts, closes and errors
 * as an {@link IngressEvent} each, bounds what waits and counts what is lost, and answers go out as an {@link OutputCommand}.
 *
 * <p>{@link ServiceContext#exchange} opens one. It ends by {@link #close}, by the peer's Close frame, when the connection breaks,
 * when the peer exceeds a bound (RFC 6455, 7.4.1: close code 1008 for texts, 1009 for the size of one, 1003 for binary), when its
 * life is over, and with the incarnation of the service (both with 1001). Pings are answered by the host at any time.
 *
 * <p>Every publisher here is cold: a subscription does it, a second one does it again, and nothing is done before one. Methods
 * may be called, and subscribed to, from any thread. Signals arrive on a thread that the service has for its exchanges alone, so
 * plugin code may wait for one in its handler; on that thread itself Reactor refuses to block. A subscriber that requests late may
 * get its signal on the thread that requests. Errors are {@link PullException}s.
 */
public interface PullWebSocket {

    /**
     * What the peer chose of the subprotocols that were offered.
     *
     * @return the subprotocol; empty for none
     */
    String subprotocol();

    /**
     * Sends a text. Texts leave in the order of the subscriptions.
     *
     * @param text the text; valid UTF-16, no larger than the grant's {@code limits.message-bytes}
     * @return completes when the kernel took the frame's last byte, which says nothing about the peer. Fails with
     *     {@link PullException.Reason#REFUSED} where authority or a bound refuses it, which is asked immediately before it leaves
     *     as well; with that of the end, where the exchange has ended; and with {@link PullException.Reason#FAILED} where it may
     *     have left, also when the exchange is gone, or its incarnation ends, before that is known. Cancelling takes the text
     *     back, if it has not been handed over
     */
    Mono<Void> sendText(String text);

    /**
     * Takes the next text.
     *
     * <p>One at a time: while a subscription waits, another one fails with {@link PullException.Reason#BUSY}, and the first is
     * not touched. Inside the signal that ends one, the next may be subscribed to.
     *
     * @param timeout how long to wait, from the subscription; from 0, which takes what is there. One as long as the
     *     exchange's life, or longer, waits until a text comes or the exchange ends
     * @return the oldest text that waits, or the next that comes; empty when there was none in time. What had arrived when the
     *     peer closed, the connection broke or the peer broke a bound (1008, 1009, 1003) is given first; then, and at once where
     *     the plugin has closed it, its life is over or its incarnation has ended, it fails with the reason of the end, as often
     *     as it is asked. A text is taken when it is emitted: cancelling before that leaves it for the next
     */
    Mono<PulledText> recv(Duration timeout);

    /**
     * Closes the exchange with code 1000. What waits is let go.
     *
     * @return completes when the socket is gone, one second after the host's close timeout at the latest; when the incarnation
     *     of the service ends, if that is earlier; at once when it is gone. Never fails. Cancelling changes nothing
     */
    Mono<Void> close();
}
