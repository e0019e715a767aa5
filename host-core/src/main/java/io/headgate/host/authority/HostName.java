package io.headgate.host.authority;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The one spelling of a host: lower case, IPv4 as four decimals, IPv6 in brackets as RFC 5952 writes it. */
final class HostName {

    private static final int MAX_LENGTH = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IPV4 =
            Pattern.compile("(%1$s\\.){3}%1$s".formatted("(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])"));
    private static final Pattern NUMERIC = Pattern.compile("\\d+|0x[0-9a-f]*");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:]{2,39}");

    private HostName() {}

    static String normalise(String raw) {
        String host = raw.toLowerCase(Locale.ROOT);
        if (host.isEmpty()) {
            throw new TargetException("the host is empty");
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            return ipv6(host.substring(1, host.length() - 1));
        }
        if (host.length() > MAX_LENGTH) {
            throw new TargetException("the host has more than " + MAX_LENGTH + " characters");
        }
        String[] labels = host.split("\\.", -1);
        // WHATWG URL: a host that ends in a number is an IPv4 address in one of many spellings. One is accepted.
        if (NUMERIC.matcher(labels[labels.length - 1]).matches()) {
            return ipv4(host);
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new TargetException("each label of the host must have 1 to 63 letters, digits and inner hyphens,"
                        + " and no dot may follow the last");
            }
        }
        return host;
    }

    static boolean isAddress(String normalised) {
        return normalised.startsWith("[") || IPV4.matcher(normalised).matches();
    }

    private static String ipv4(String host) {
        if (!IPV4.matcher(host).matches()) {
            throw new TargetException(
                    "an IPv4 address must be four decimal numbers from 0 to 255, without leading zeros");
        }
        return host;
    }

    private static String ipv6(String literal) {
        if (!IPV6.matcher(literal).matches()) {
            throw new TargetException("an IPv6 address must be hexadecimal groups and colons, without a zone");
        }
        try {
            // In brackets the JDK takes it as a literal or throws: no name is looked up.
            InetAddress address = InetAddress.getByName("[" + literal + "]");
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
