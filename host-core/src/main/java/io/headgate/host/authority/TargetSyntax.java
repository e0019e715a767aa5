package io.headgate.host.authority;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The strict grammar of targets and patterns: RFC 3986 without what lets two readers see two targets in one text. No
 * error quotes the text.
 */
final class TargetSyntax {

    static final int MAX_LENGTH = 2048;

    private static final Set<String> SCHEMES = Set.of("ws", "wss");
    private static final String MARKS = "-._~!$&'()*+,;=:@/";
    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
    private static final Pattern ENCODED_AGAIN = Pattern.compile("%(25)*(2e|2f|5c)", Pattern.CASE_INSENSITIVE);

    private TargetSyntax() {}

    /** A text taken apart; only scheme and port are checked and normalised yet. */
    record Parts(String scheme, String host, int port, String path, String query) {}

    static Parts split(String text) {
        checkCharacters(text);
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : scheme(text.substring(0, colon));
        if (scheme.isEmpty()) {
            throw new TargetException("it must begin with ws:// or wss://");
        }
        String rest = text.substring(colon + 3);
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        String hierarchy = question < 0 ? rest : rest.substring(0, question);
        int slash = hierarchy.indexOf('/');
        String path = slash < 0 ? "/" : hierarchy.substring(slash);
        String authority = slash < 0 ? hierarchy : hierarchy.substring(0, slash);
        if (authority.indexOf('@') >= 0) {
            throw new TargetException("user-info is not allowed");
        }
        int portColon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        return portColon < 0
                ? new Parts(scheme, authority, scheme.equals("ws") ? 80 : 443, path, query)
                : new Parts(
                        scheme,
                        authority.substring(0, portColon),
                        port(authority.substring(portColon + 1)),
                        path,
                        query);
    }

    static String scheme(String raw) {
        String scheme = raw.toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            throw new TargetException("the scheme must be ws or wss");
        }
        return scheme;
    }

    static int port(int port) {
        if (port < 1 || port > 65_535) {
            throw new TargetException("the port must be a number from 1 to 65535");
        }
        return port;
    }

    static void checkPath(String path) {
        if (!path.startsWith("/")) {
            throw new TargetException("the path must begin with a slash");
        }
        if (path.indexOf('*') >= 0) {
            throw new TargetException("'*' is for patterns: as a host's first label, or as '/**' at the path's end");
        }
        String decoded = decode("path", path, MARKS);
        if (ENCODED_AGAIN.matcher(decoded).find()) {
            throw new TargetException("the path has an encoded slash, backslash or dot that is encoded again");
        }
        for (String segment : decoded.split("/", -1)) {
            // Some servers cut a segment at ';' before they resolve dots.
            int parameter = segment.indexOf(';');
            String name = parameter < 0 ? segment : segment.substring(0, parameter);
            if (name.equals(".") || name.equals("..")) {
                throw new TargetException("the path has a '.' or '..' segment");
            }
        }
    }

    static void checkQuery(String query) {
        decode("query", query, MARKS + "?");
    }

    static void checkLength(int characters) {
        if (characters > MAX_LENGTH) {
            throw new TargetException("it has " + characters + " characters, more than " + MAX_LENGTH);
        }
    }

    private static int port(String raw) {
        return port(PORT.matcher(raw).matches() ? Integer.parseInt(raw) : 0);
    }

    private static void checkCharacters(String text) {
        checkLength(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7f) {
                throw new TargetException("whitespace and control characters are not allowed");
            }
            if (c > 0x7f) {
                throw new TargetException("only ASCII is allowed: write the host in punycode, percent-encode the rest");
            }
            if (c == '\\') {
                throw new TargetException("a backslash is not allowed");
            }
            if (c == '#') {
                throw new TargetException("a fragment is not allowed");
            }
        }
    }

    /** Undoes the percent-encoding, byte by byte: what is compared afterwards is ASCII. */
    private static String decode(String part, String text, String marks) {
        byte[] decoded = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                decoded[length++] = (byte) octet(part, text, i);
                i += 2;
            } else if (c < 0x80 && (Character.isLetterOrDigit(c) || marks.indexOf(c) >= 0)) {
                decoded[length++] = (byte) c;
            } else {
                throw new TargetException("the " + part + " has a character that must be percent-encoded");
            }
        }
        return new String(decoded, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static int octet(String part, String text, int percent) {
        if (percent + 2 >= text.length()
                || !HexFormat.isHexDigit(text.charAt(percent + 1))
                || !HexFormat.isHexDigit(text.charAt(percent + 2))) {
            throw new TargetException("in the " + part + " a '%' is not followed by two hexadecimal digits");
        }
        int octet = HexFormat.fromHexDigits(text, percent + 1, percent + 3);
        if (part.equals("path") && (octet == '/' || octet == '\\')) {
            throw new TargetException("the path has an encoded slash or backslash");
        }
        if (octet < ' ' || octet == 0x7f) {
            throw new TargetException("the " + part + " has an encoded control character");
        }
        return octet;
    }
}
