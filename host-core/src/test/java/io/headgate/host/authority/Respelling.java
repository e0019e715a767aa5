package io.headgate.host.authority;

import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a target's URI in other ways. The URI has its port, which is the scheme's default, and a path. */
final class Respelling {

    private static final Pattern URI = Pattern.compile("(wss?)://([^:/]+):(\\d+)(/.*)");
    private static final Pattern UNRESERVED_OR_ENCODED = Pattern.compile("%[0-9A-F]{2}|[a-zA-Z0-9._~-]");
    private static final String INVISIBLE = "\u00ad\u200b\ufe0f";

    private final Random random;

    Respelling(Random random) {
        this.random = random;
    }

    /** In a way that means the same to everybody. */
    String plainly(String uri) {
        Matcher parts = matched(uri);
        return spelled(parts, mixedCase(inUnicodeOrNot(parts.group(2))));
    }

    /** In a way that may be refused: with characters that only look like those of the host, or look like nothing. */
    String oddly(String uri) {
        Matcher parts = matched(uri);
        String host = mapped(inUnicodeOrNot(parts.group(2)), c -> switch (random.nextInt(6)) {
            case 0 -> c > ' ' && c < 0x7f ? Character.toString(c + 0xfee0) : Character.toString(c);
            case 1 -> c >= 'a' && c <= 'z' ? Character.toString(c - 'a' + 0x24d0) : Character.toString(c);
            case 2 -> Character.toString(c) + INVISIBLE.charAt(random.nextInt(INVISIBLE.length()));
            case 3 -> Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
            default -> Character.toString(c);
        });
        return spelled(parts, host);
    }

    private String spelled(Matcher parts, String host) {
        return mixedCase(parts.group(1))
                + "://"
                + host
                + (random.nextBoolean() ? "." : "")
                + (random.nextBoolean() ? ":" + parts.group(3) : "")
                + encoded(parts.group(4));
    }

    private String inUnicodeOrNot(String host) {
        return random.nextBoolean() ? host : HostName.normalise(host);
    }

    private String mixedCase(String text) {
        return mapped(text, c -> {
            String one = Character.toString(c);
            return random.nextBoolean() ? one : one.toUpperCase(Locale.ROOT);
        });
    }

    private String encoded(String path) {
        return UNRESERVED_OR_ENCODED.matcher(path).replaceAll(part -> {
            String text = part.group();
            String octet = text.length() > 1 ? text : "%" + HexFormat.of().toHexDigits((byte) text.charAt(0));
            return text.length() > 1 || random.nextInt(3) == 0 ? mixedCase(octet.toLowerCase(Locale.ROOT)) : text;
        });
    }

    private static String mapped(String text, IntFunction<String> mapping) {
        StringBuilder mapped = new StringBuilder();
        text.chars().forEach(c -> mapped.append(mapping.apply(c)));
        return mapped.toString();
    }

    private static Matcher matched(String uri) {
        Matcher parts = URI.matcher(uri);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a URI with its port and a path is needed, not " + uri);
        }
        return parts;
    }
}
