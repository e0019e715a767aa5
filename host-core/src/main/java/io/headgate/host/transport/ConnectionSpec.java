package io.headgate.host.transport;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.Target;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * One dial, as the authority allowed it.
 *
 * @param service names the service, {@code plugin/service}: all its connections share a home event loop
 * @param connection the connection's name, as the manifest declares it
 * @param target where to dial
 * @param terms on which terms: what to offer, and which addresses the target may stand for
 * @param maxMessageBytes the largest message accepted, in bytes, from 1; a frame is bound by it too
 * @param dial how long each stage of the dial may take
 * @param closeTimeout how long a Close frame may wait for the peer's answer before TCP is closed; positive, at most
 *     1 day
 */
public record ConnectionSpec(
        String service,
        String connection,
        Target target,
        DialTerms terms,
        int maxMessageBytes,
        DialTimeouts dial,
        Duration closeTimeout) {

    /** Copies and checks the components. */
    public ConnectionSpec {
        Objects.requireNonNull(terms, "terms");
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("maxMessageBytes must be at least 1 byte, is " + maxMessageBytes);
        }
        Objects.requireNonNull(dial, "dial");
        if (closeTimeout.isNegative() || closeTimeout.isZero() || closeTimeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("closeTimeout must be positive and at most 1 day, is " + closeTimeout);
        }
    }

    /**
     * What to offer.
     *
     * @return as {@link DialTerms#subprotocols()}
     */
    public List<String> subprotocols() {
        return terms.subprotocols();
    }

    /**
     * Which addresses the target may stand for. A driver asks it at each dial, about all of them, a literal one too, and dials no
     * others. Where it is {@link AddressPolicy#TRUSTED_PROXY} there is nothing to ask: the host's proxy dials, and nobody else.
     *
     * @return as {@link DialTerms#addresses()}
     */
    public AddressPolicy addresses() {
        return terms.addresses();
    }
}
