package io.headgate.host.ws;

import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/**
 * Says in the host's words what Netty and Reactor Netty report. Their own texts can hold the query, headers or what the
 * peer sent: they are neither quoted nor kept as a cause; the name of the class is.
 */
final class Failures {

    private static final int MAX_NAME = 100;

    private Failures() {}

    /** An open connection broke. */
    static TransportException broken(Throwable cause) {
        return failure(FailureKind.TRANSPORT, "the connection broke", cause);
    }

    /** A dial failed. */
    static TransportException dial(Throwable cause) {
        if (cause instanceof TransportException known) {
            return known;
        }
        if (cause instanceof UnknownHostException) {
            return failure(FailureKind.CONNECT, "the name was not resolved", cause);
        }
        if (cause instanceof ConnectTimeoutException) {
            return failure(FailureKind.TIMEOUT, "TCP was not established in time", cause);
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return failure(FailureKind.CONNECT, "TCP was not established", cause);
        }
        if (isTls(cause)) {
            return failure(FailureKind.CONNECT, "TLS was not established", cause);
        }
        if (cause instanceof WebSocketClientHandshakeException handshake && handshake.response() != null) {
            return failure(FailureKind.HANDSHAKE, "the peer's answer to the upgrade breaks RFC 6455", cause);
        }
        if (cause instanceof IOException || cause instanceof WebSocketClientHandshakeException) {
            return failure(FailureKind.HANDSHAKE, "the connection ended before the upgrade was answered", cause);
        }
        return failure(FailureKind.CONNECT, "the dial failed", cause);
    }

    private static boolean isTls(Throwable cause) {
        return cause instanceof SSLException
                || cause instanceof GeneralSecurityException
                || (cause.getCause() != null && cause.getCause() instanceof SSLException);
    }

    private static TransportException failure(FailureKind kind, String what, Throwable cause) {
        String name = cause.getClass().getSimpleName();
        return new TransportException(
                kind, what + " (" + name.substring(0, Math.min(name.length(), MAX_NAME)) + ")", null);
    }
}
