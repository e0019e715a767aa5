package io.headgate.host.authority;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The address that a host is, where it is one and no name. */
final class HostAddress {

    private HostAddress() {}

    /** Never asks for a name. */
    static Optional<InetAddress> of(String host) {
        if (!HostName.isAddress(host)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address is none", impossible);
        }
    }
}
