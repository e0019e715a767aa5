package io.headgate.host.authority;

import inet.ipaddr.IPAddress;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Sees through IPv6 that is an IPv4 address in disguise. */
final class EmbeddedAddresses {

    private static final int IPV4_BYTES = 4;
    private static final int IPV4_AT = 12;

    private EmbeddedAddresses() {}

    /** The address that is judged: the IPv4 address within, where there is one; without a scope. */
    static IPAddress plain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == IPV4_BYTES) {
            return new IPv4Address(bytes);
        }
        IPv6Address whole = new IPv6Address(bytes);
        return SpecialAddresses.EMBEDDING.contains(whole)
                ? new IPv4Address(Arrays.copyOfRange(bytes, IPV4_AT, bytes.length))
                : whole;
    }
}
