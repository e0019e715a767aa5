package io.headgate.host.authority;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * What the registries set apart, written down a second time and without prefixes, for the tests to compare with.
 *
 * @param name what it is for
 * @param first its first address
 * @param last its last address
 * @param word the word that lets it pass; empty for none
 */
record SpecialRange(String name, String first, String last, String word) {

    static final List<SpecialRange> V4 = List.of(
            of("this network", "0.0.0.0", "0.255.255.255"),
            new SpecialRange("RFC 1918", "10.0.0.0", "10.255.255.255", "private"),
            of("shared by a carrier's customers", "100.64.0.0", "100.127.255.255"),
            new SpecialRange("loopback", "127.0.0.0", "127.255.255.255", "loopback"),
            of("a platform's own", "168.63.129.16", "168.63.129.16"),
            of("link-local", "169.254.0.0", "169.254.255.255"),
            new SpecialRange("RFC 1918", "172.16.0.0", "172.31.255.255", "private"),
            of("protocol assignments", "192.0.0.0", "192.0.0.255"),
            of("documentation", "192.0.2.0", "192.0.2.255"),
            of("relays of 6to4", "192.88.99.0", "192.88.99.255"),
            new SpecialRange("RFC 1918", "192.168.0.0", "192.168.255.255", "private"),
            of("benchmarks", "198.18.0.0", "198.19.255.255"),
            of("documentation", "198.51.100.0", "198.51.100.255"),
            of("documentation", "203.0.113.0", "203.0.113.255"),
            of("multicast", "224.0.0.0", "239.255.255.255"),
            of("reserved", "240.0.0.0", "255.255.255.254"),
            of("broadcast", "255.255.255.255", "255.255.255.255"));

    static final List<SpecialRange> V6 = List.of(
            of("unspecified", "::", "::"),
            new SpecialRange("loopback", "::1", "::1", "loopback"),
            of("IPv4-compatible", "::2", "::ffff:ffff"),
            of("a site's NAT64", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"),
            of("discard", "100::", "100::ffff:ffff:ffff:ffff"),
            of("before unicast", "::1:0:0:0", "64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff"),
            of("before unicast", "64:ff9b::1:0:0", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            of("between IPv4-compatible and mapped", "::1:0:0", "::fffe:ffff:ffff"),
            of("Teredo", "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff"),
            of("benchmarks", "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff"),
            of("ORCHID", "2001:10::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff"),
            of("protocol assignments", "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"),
            of("documentation", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
            of("6to4", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            of("documentation", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
            of("behind unicast", "4000::", "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            of("segment routing", "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            new SpecialRange("unique local", "fc00::", "fd00:ec2::253", "private"),
            of("AWS's metadata", "fd00:ec2::254", "fd00:ec2::254"),
            new SpecialRange("unique local", "fd00:ec2::255", "fd20:ce::253", "private"),
            of("Google's metadata", "fd20:ce::254", "fd20:ce::254"),
            new SpecialRange("unique local", "fd20:ce::255", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "private"),
            of("reserved", "fe00::", "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            of("link-local", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            of("site-local", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            of("multicast", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));

    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    private static SpecialRange of(String name, String first, String last) {
        return new SpecialRange(name, first, last, "");
    }

    /** The word that lets an address pass, {@code public} where no range holds it; empty for none. */
    static String word(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == V6_BYTES && (starts(bytes, "::ffff:0:0") || starts(bytes, "64:ff9b::"))) {
            return word(address(Arrays.copyOfRange(bytes, 12, V6_BYTES)));
        }
        return (bytes.length == V4_BYTES ? V4 : V6)
                .stream()
                        .filter(range -> range.holds(address))
                        .findFirst()
                        .map(SpecialRange::word)
                        .orElse("public");
    }

    private static boolean starts(byte[] bytes, String prefix) {
        return prefix.equals("::ffff:0:0")
                ? Arrays.equals(bytes, 0, 12, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1}, 0, 12)
                : Arrays.equals(bytes, 0, 12, literal(prefix).getAddress(), 0, 12);
    }

    private boolean holds(InetAddress address) {
        BigInteger number = number(address);
        return number(literal(first)).compareTo(number) <= 0 && number.compareTo(number(literal(last))) <= 0;
    }

    /** The address that many steps away; null beyond the first and the last of all. */
    static @org.jspecify.annotations.Nullable InetAddress stepped(InetAddress from, int steps) {
        int length = from.getAddress().length;
        BigInteger number = number(from).add(BigInteger.valueOf(steps));
        if (number.signum() < 0 || number.bitLength() > length * Byte.SIZE) {
            return null;
        }
        byte[] bytes = new byte[length];
        byte[] magnitude = number.toByteArray();
        int copied = Math.min(length, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - copied, bytes, length - copied, copied);
        return address(bytes);
    }

    static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Keeps IPv6 as such, also where it is an IPv4 address in disguise. */
    static InetAddress address(byte[] bytes) {
        try {
            return bytes.length == V4_BYTES
                    ? InetAddress.getByAddress(bytes)
                    : Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(Arrays.toString(bytes), e);
        }
    }

    /** An IPv4 address behind the 96 bits of an IPv6 prefix. */
    static InetAddress within(String prefix, InetAddress v4) {
        byte[] bytes = new byte[V6_BYTES];
        if (prefix.equals("::ffff:0:0")) {
            bytes[10] = -1;
            bytes[11] = -1;
        } else {
            bytes = literal(prefix).getAddress();
        }
        System.arraycopy(v4.getAddress(), 0, bytes, 12, V4_BYTES);
        return address(bytes);
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }
}
