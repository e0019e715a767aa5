package io.headgate.host.ws;

import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import java.time.Duration;

/**
 * How far a dial has come. Each stage ends where the next begins; the last ends with the 101. Name and TCP are those of the proxy
 * where the dial goes through one.
 */
enum DialStage {
    /** From the dial's turn to the first attempt to connect. */
    NAME("the name was not resolved", "the proxy's name was not resolved"),
    /** To the connection, whichever of the addresses made it. */
    TCP("TCP was not established", "TCP to the proxy was not established"),
    /** To the proxy's answer that it has reached the target; none without a proxy. */
    PROXY("the proxy did not open the tunnel"),
    /** To the end of the TLS handshake; none for {@code ws}. */
    TLS("TLS was not established"),
    /** To the end of the answer to the upgrade. */
    UPGRADE("the peer did not answer the upgrade");

    private final String unmet;
    private final String unmetByProxy;

    DialStage(String unmet) {
        this(unmet, unmet);
    }

    DialStage(String unmet, String unmetByProxy) {
        this.unmet = unmet;
        this.unmetByProxy = unmetByProxy;
    }

    Duration bound(DialTimeouts timeouts) {
        return switch (this) {
            case NAME -> timeouts.name();
            case TCP -> timeouts.tcp();
            case PROXY -> timeouts.proxy();
            case TLS -> timeouts.tls();
            case UPGRADE -> timeouts.upgrade();
        };
    }

    /** What has not happened when this stage ends otherwise. */
    String unmet(boolean throughProxy) {
        return throughProxy ? unmetByProxy : unmet;
    }

    TransportException late(boolean throughProxy, DialTimeouts timeouts) {
        return new TransportException(FailureKind.TIMEOUT, unmet(throughProxy) + " within " + bound(timeouts), null);
    }
}
