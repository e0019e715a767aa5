package io.headgate.host.ws;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.RefusedAddresses;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Stands between the name and the connect: only what passed here is dialled, at every dial anew (pitfall 4). One address that
 * does not pass refuses them all.
 */
record AddressGuard(AddressPolicy policy) {

    /** What is dialled is what was asked about: a copy, from which the name cannot be resolved again. */
    List<InetSocketAddress> admit(List<? extends SocketAddress> resolved) {
        List<InetSocketAddress> plain =
                resolved.stream().map(AddressGuard::plain).toList();
        RefusedAddresses.of(
                        policy,
                        plain.stream().map(InetSocketAddress::getAddress).toList())
                .ifPresent(refused -> {
                    throw TransportException.addresses(refused);
                });
        return plain;
    }

    /** Made from its bytes, an address has no other spelling: an IPv4 address in IPv6's clothes is an IPv4 address. */
    private static InetSocketAddress plain(SocketAddress address) {
        if (!(address instanceof InetSocketAddress known) || known.isUnresolved()) {
            throw new TransportException(
                    FailureKind.CONNECT, "the target's name came without an address: none was dialled", null);
        }
        try {
            byte[] bytes = known.getAddress().getAddress();
            return new InetSocketAddress(InetAddress.getByAddress(known.getHostString(), bytes), known.getPort());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }
}
