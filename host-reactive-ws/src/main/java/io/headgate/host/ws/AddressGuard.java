package io.headgate.host.ws;

import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Stands between the name and the connect: only what passed here is dialled, at every dial anew (pitfall 4). One address that
 * does not pass refuses them all, so that no choice among mixed answers is left to whoever answers for the name.
 */
record AddressGuard(AddressCheck check) {

    List<? extends SocketAddress> admit(List<? extends SocketAddress> resolved) {
        long refused = resolved.stream().filter(address -> !allows(address)).count();
        if (refused > 0) {
            throw new TransportException(
                    FailureKind.CONNECT,
                    refused + " of the target's " + resolved.size() + " addresses may not be dialled: none was",
                    null);
        }
        return resolved;
    }

    private boolean allows(SocketAddress address) {
        return address instanceof InetSocketAddress known && !known.isUnresolved() && check.allows(plain(known));
    }

    /** Made from its bytes, an address has no other spelling: an IPv4 address in IPv6's clothes is an IPv4 address. */
    private static InetAddress plain(InetSocketAddress known) {
        try {
            return InetAddress.getByAddress(known.getAddress().getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }
}
