package io.headgate.host.authority;

import java.util.regex.Pattern;

/**
 * The one spelling of a host: lower case, without a dot at its end, IPv4 as four decimals, IPv6 in brackets as RFC 5952
 * writes it, other characters than ASCII as UTS #46 maps them.
 */
final class HostName {

    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL = 63;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9-]+");
    private static final Pattern IPV4 =
            Pattern.compile("(%1$s\\.){3}%1$s".formatted("(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])"));
    private static final Pattern NUMERIC = Pattern.compile("\\d+|0x[0-9a-f]*");
    private static final Pattern INTERNATIONAL = Pattern.compile("[^\\x00-\\x7f]|(^|\\.)xn--");

    private HostName() {}

    static String normalise(String raw) {
        String lower = TargetSyntax.lowerCase(raw);
        if (lower.startsWith("[") && lower.endsWith("]")) {
            return Ipv6Text.normalise(lower.substring(1, lower.length() - 1));
        }
        checkLength(lower);
        // What is mapped comes first: it may become anything, and is judged as what it became.
        String ascii = INTERNATIONAL.matcher(lower).find() ? InternationalName.toAscii(lower) : lower;
        if (endsInNumber(ascii)) {
            return ipv4(ascii, ascii.equals(lower));
        }
        return name(ascii);
    }

    static boolean isAddress(String normalised) {
        return normalised.startsWith("[") || IPV4.matcher(normalised).matches();
    }

    /** WHATWG URL: a host that ends in a number is an IPv4 address in one of many spellings. One is accepted. */
    private static boolean endsInNumber(String host) {
        String rooted = withoutRoot(host);
        return NUMERIC.matcher(rooted.substring(rooted.lastIndexOf('.') + 1)).matches();
    }

    private static String ipv4(String host, boolean asWritten) {
        if (!asWritten) {
            throw new TargetException("the host would become a number: write an IPv4 address in ASCII");
        }
        if (!IPV4.matcher(host).matches()) {
            throw new TargetException(
                    "an IPv4 address must be four decimal numbers from 0 to 255, without leading zeros");
        }
        return host;
    }

    private static String name(String host) {
        String name = withoutRoot(host);
        String[] labels = name.split("\\.", -1);
        for (String label : labels) {
            checkLabel(label, host);
        }
        // RFC 3986 does not mind, but java.net.URI finds no host then, and nothing could be dialled.
        if (labels.length > 1 && labels[labels.length - 1].charAt(0) <= '9') {
            throw new TargetException("the last label of a host of several must begin with a letter");
        }
        checkLength(name);
        return name;
    }

    private static void checkLabel(String label, String host) {
        if (label.isEmpty()) {
            throw new TargetException(
                    host.isEmpty()
                            ? "the host is empty"
                            : "the host has an empty label: a dot at its beginning, or two in a row");
        }
        if (label.length() > MAX_LABEL) {
            throw new TargetException("a label of the host has more than " + MAX_LABEL + " characters");
        }
        if (!LABEL.matcher(label).matches()) {
            throw new TargetException(strayCharacter(host));
        }
        if (label.startsWith("-") || label.endsWith("-")) {
            throw new TargetException("a label of the host begins or ends with a hyphen");
        }
    }

    private static String strayCharacter(String host) {
        if (host.indexOf('*') >= 0) {
            return TargetSyntax.STAR;
        }
        if (host.indexOf('[') >= 0 || host.indexOf(']') >= 0) {
            return TargetSyntax.BRACKETS;
        }
        if (host.indexOf('%') >= 0) {
            return "the host has a percent-encoded character: write the character itself";
        }
        if (host.indexOf('_') >= 0) {
            return "the host has an underscore";
        }
        return "the host may have letters, digits, hyphens and dots only";
    }

    /** The dot of the root, at the end, changes nothing: the host is complete in any case. */
    private static String withoutRoot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static void checkLength(String host) {
        if (withoutRoot(host).length() > MAX_LENGTH) {
            throw new TargetException("the host has more than " + MAX_LENGTH + " characters");
        }
    }
}
