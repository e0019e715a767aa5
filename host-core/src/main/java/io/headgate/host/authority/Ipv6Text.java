package io.headgate.host.authority;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The one spelling of an IPv6 address, that of RFC 5952. */
final class Ipv6Text {

    private static final Pattern IPV6 = Pattern.compile("[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,8}");

    private Ipv6Text() {}

    /**
     * Spells an address.
     *
     * @param literal what is between the brackets
     */
    static String normalise(String literal) {
        String lower = TargetSyntax.lowerCase(literal);
        if (lower.indexOf('%') >= 0) {
            throw new TargetException("an IPv6 address must have no zone");
        }
        if (!IPV6.matcher(lower).matches()) {
            throw new TargetException("an IPv6 address must be groups of up to four hexadecimal digits, and colons");
        }
        try {
            // In brackets the JDK takes it as a literal or throws: no name is looked up.
            InetAddress address = InetAddress.getByName("[" + lower + "]");
            if (address instanceof Inet6Address) {
                return "[" + compressed(address.getAddress()) + "]";
            }
        } catch (UnknownHostException e) {
            throw new TargetException("the IPv6 address is malformed");
        }
        throw new TargetException("an IPv4-mapped IPv6 address must be written as the IPv4 address");
    }

    /** RFC 5952, section 4: the first longest run of two or more zero groups becomes {@code ::}. */
    private static String compressed(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        int start = -1;
        int longest = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                start = i;
                longest = end - i;
            }
        }
        return start < 0
                ? joined(groups, 0, groups.length)
                : joined(groups, 0, start) + "::" + joined(groups, start + longest, groups.length);
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i > from ? ":" : "").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
