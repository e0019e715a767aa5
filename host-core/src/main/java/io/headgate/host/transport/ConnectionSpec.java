package io.headgate.host.transport;

import io.headgate.host.authority.AddressPolicy;
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
 * @param subprotocols what to offer, in order of preference; empty for none
 * @param addresses which addresses the target may stand for; a driver asks it at each dial, about all of them, a literal one
 *     too, and dials no others
 * @param maxMessageBytes the largest message accepted, in bytes, from 1; a frame is bound by it too
 * @param dial how long each stage of the dial may take
 * @param closeTimeout how long a Close frame may wait for the peer's answer before TCP is closed; positive, at most
 *     1 day
 */
public record ConnectionSpec(
        String service,
        String connection,
        Target target,
        List<String> subprotocols,
        AddressPolicy addresses,
        int maxMessageBytes,
        DialTimeouts dial,
        Duration closeTimeout) {

    /** Copies and checks the components. */
    public ConnectionSpec {
        subprotocols = List.copyOf(subprotocols);
        Objects.requireNonNull(addresses, "addresses");
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("maxMessageBytes must be at least 1 byte, is " + maxMessageBytes);
        }
        Objects.requireNonNull(dial, "dial");
        if (closeTimeout.isNegative() || closeTimeout.isZero() || closeTimeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("closeTimeout must be positive and at most 1 day, is " + closeTimeout);
        }
    }
}
