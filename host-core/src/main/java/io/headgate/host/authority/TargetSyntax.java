package io.headgate.host.authority;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The strict grammar of targets and patterns: RFC 3986 without what lets two readers see two targets in one text. No
 * error quotes the text.
 */
final class TargetSyntax {

    static final int MAX_LENGTH = 2048;
    static final String STAR =
            "'*' is for patterns: as the whole host, as its first label, or as '/**' at the path's end";
    static final String BRACKETS = "brackets belong around a whole IPv6 address, as in [2001:db8::1]";

    private static final Set<String> SCHEMES = Set.of("ws", "wss");
    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");

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
        if (authority.startsWith("[") && authority.indexOf(']') < 0) {
            throw new TargetException(BRACKETS);
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
        String scheme = lowerCase(raw);
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

    /** A query may be signed: it is checked and left as it is written. */
    static void checkQuery(String query) {
        PercentText.decoded("query", query, "?");
    }

    static void checkLength(int characters) {
        if (characters > MAX_LENGTH) {
            throw new TargetException("it has " + characters + " characters, more than " + MAX_LENGTH);
        }
    }

    /** Of ASCII only: there are letters outside it whose lower case is in it, such as the sign of Kelvin. */
    static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return lower.toString();
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
            if (c == '\\') {
                throw new TargetException("a backslash is not allowed");
            }
            if (c == '#') {
                throw new TargetException("a fragment is not allowed");
            }
        }
    }
}
