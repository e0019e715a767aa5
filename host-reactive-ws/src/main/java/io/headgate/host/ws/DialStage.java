package io.headgate.host.ws;

import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import java.time.Duration;

/** How far a dial has come. Each stage ends where the next begins; the last ends with the 101. */
enum DialStage {
    /** From the dial's turn to the first attempt to connect. */
    NAME("the name was not resolved"),
    /** To the connection, whichever of the addresses made it. */
    TCP("TCP was not established"),
    /** To the end of the TLS handshake; none for {@code ws}. */
    TLS("TLS was not established"),
    /** To the end of the answer to the upgrade. */
    UPGRADE("the peer did not answer the upgrade");

    private final String unmet;

    DialStage(String unmet) {
        this.unmet = unmet;
    }

    Duration bound(DialTimeouts timeouts) {
        return switch (this) {
            case NAME -> timeouts.name();
            case TCP -> timeouts.tcp();
            case TLS -> timeouts.tls();
            case UPGRADE -> timeouts.upgrade();
        };
    }

    /** What has not happened when this stage ends otherwise. */
    String unmet() {
        return unmet;
    }

    TransportException late(DialTimeouts timeouts) {
        return new TransportException(FailureKind.TIMEOUT, unmet + " within " + bound(timeouts), null);
    }
}
