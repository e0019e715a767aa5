package io.headgate.host.authority;

/**
 * What the IANA special-purpose address registries (RFC 6890 and its successors) set apart, as of 2025. A range that they
 * call globally reachable although its block is not, such as 192.0.0.9/32, is not singled out.
 */
final class SpecialAddresses {

    /** RFC 4291, 2.4: all the unicast addresses that IANA gives out. */
    static final AddressRanges UNICAST_V6 = AddressRanges.of("2000::/3");

    /**
     * Where a cloud hands out credentials: AWS and others, AWS and Google over IPv6, Alibaba, Azure. The last looks like a
     * public address and is none: every machine of Azure's has its own behind it.
     */
    static final AddressRanges METADATA = AddressRanges.of(
            "169.254.169.254/32", "fd00:ec2::254/128", "fd20:ce::254/128", "100.100.100.200/32", "168.63.129.16/32");

    /** What the Internet does not reach; of IPv6 only what lies within {@link #UNICAST_V6}. */
    static final AddressRanges NOT_PUBLIC = AddressRanges.of(
            // This network, and unspecified (RFC 791)
            "0.0.0.0/8",
            // Private (RFC 1918)
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            // Shared by a carrier's customers (RFC 6598)
            "100.64.0.0/10",
            // Loopback (RFC 1122)
            "127.0.0.0/8",
            // Link-local (RFC 3927)
            "169.254.0.0/16",
            // A platform's own, see above
            "168.63.129.16/32",
            // Protocol assignments (RFC 6890)
            "192.0.0.0/24",
            // Documentation (RFC 5737)
            "192.0.2.0/24",
            "198.51.100.0/24",
            "203.0.113.0/24",
            // Relays of 6to4 (RFC 7526)
            "192.88.99.0/24",
            // Benchmarks (RFC 2544)
            "198.18.0.0/15",
            // Multicast (RFC 5771); reserved, and broadcast (RFC 1112, RFC 919)
            "224.0.0.0/4",
            "240.0.0.0/4",
            // Protocol assignments: Teredo, benchmarks, ORCHID (RFC 2928)
            "2001::/23",
            // Documentation (RFC 3849, RFC 9637)
            "2001:db8::/32",
            "3fff::/20",
            // 6to4 (RFC 3056)
            "2002::/16");

    /** RFC 1918, RFC 4193. */
    static final AddressRanges PRIVATE = AddressRanges.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    static final AddressRanges LOOPBACK = AddressRanges.of("127.0.0.0/8", "::1/128");

    /** What no connection can have at its end: unspecified and this network, multicast, broadcast. */
    static final AddressRanges NEVER =
            AddressRanges.of("0.0.0.0/8", "224.0.0.0/4", "255.255.255.255/32", "::/128", "ff00::/8");

    /** IPv6 that leads to the IPv4 address in its last 32 bits: mapped (RFC 4291), NAT64 (RFC 6052). */
    static final AddressRanges EMBEDDING = AddressRanges.of("::ffff:0:0/96", "64:ff9b::/96");

    /**
     * IPv6 that may lead to an IPv4 address in a way of its own: IPv4-compatible (RFC 4291), a site's NAT64 (RFC 8215), Teredo
     * (RFC 4380), 6to4 (RFC 3056).
     */
    static final AddressRanges TUNNELS = AddressRanges.of("::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16");

    private SpecialAddresses() {}
}
