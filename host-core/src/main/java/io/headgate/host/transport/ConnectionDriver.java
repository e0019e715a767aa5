package io.headgate.host.transport;

import reactor.core.publisher.Mono;

/**
 * Dials WebSockets. The seam between the host and a transport; every implementation passes the
 * {@code ConnectionDriverContract} of this package's {@code test} package.
 */
public interface ConnectionDriver {

    /**
     * One session's life.
     *
     * <p>Subscribing dials, once: a driver follows no redirect, retries nothing and pools nothing. When the peer has
     * accepted, {@code handler} is called once, on the session's thread, and its publisher subscribed to.
     *
     * <ul>
     *   <li><b>Completes</b> when the handler's publisher has completed and the socket is closed. When the publisher
     *       completes while the session is open, the driver closes it with code 1000 first.
     *   <li><b>Fails</b> with a {@link TransportException} when the dial failed; the handler was not called. With the
     *       handler's error when its publisher failed: the session is closed with code 1011.
     *   <li><b>Dials addresses that the spec lets pass</b>, and no others: it resolves the target's name at each dial, and fails
     *       with {@link TransportException#addresses} where one of its addresses does not pass.
     *   <li><b>Dials through the host's proxy</b> where the spec says {@code trusted-proxy}, and only there: it resolves nothing but
     *       the proxy's own name then, and fails with {@link TransportException#noProxy} where there is no proxy.
     *   <li><b>Cancel</b> closes the socket at once, without a Close frame.
     *   <li>Each subscription is a dial of its own. Signals arrive on the session's thread.
     * </ul>
     *
     * @param spec what to dial
     * @param handler what to do with the session
     * @return the session's life
     */
    Mono<Void> connect(ConnectionSpec spec, SessionHandler handler);
}
