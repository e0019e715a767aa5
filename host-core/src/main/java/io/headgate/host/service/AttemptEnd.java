package io.headgate.host.service;

import io.headgate.host.transport.TransportException;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a dial, or the session it brought, ended: what a reconnect policy looks at.
 *
 * @param status the HTTP status of a refused upgrade; 0 for none
 * @param peersCloseCode the code that the peer closed with; 0 for none
 * @param retryAfter how long the peer asked to stay away; null for nothing
 */
record AttemptEnd(int status, int peersCloseCode, @Nullable Duration retryAfter) {

    static final AttemptEnd PLAIN = new AttemptEnd(0, 0, null);

    static AttemptEnd of(Throwable error) {
        return error instanceof TransportException failure
                ? new AttemptEnd(failure.status(), 0, failure.retryAfter())
                : PLAIN;
    }

    static AttemptEnd of(IngressEvent.Closed closed) {
        return closed.initiator() == Initiator.PEER ? new AttemptEnd(0, closed.code(), null) : PLAIN;
    }
}
