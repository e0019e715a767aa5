package io.headgate.host.authority;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The one spelling of a path, and what is no path: one that a server could take for another than the one that is
 * compared here. What is encoded is judged as what it stands for, and so is what it may be folded to.
 */
final class TargetPath {

    /** A slash, backslash, dot or semicolon, or an octet of what may be folded to one, for who decodes twice. */
    private static final Pattern ENCODED_AGAIN =
            Pattern.compile("%(25)*(2e|2f|5c|3b|[89a-f][0-9a-f])", Pattern.CASE_INSENSITIVE);

    private TargetPath() {}

    static String normalise(String raw) {
        if (!raw.startsWith("/")) {
            throw new TargetException("the path must begin with a slash");
        }
        if (raw.indexOf('*') >= 0) {
            throw new TargetException(TargetSyntax.STAR);
        }
        byte[] octets = PercentText.decoded("path", raw, "");
        int slashes = slashes(raw);
        String decoded = utf8(octets);
        check(decoded, slashes, "an encoded slash or backslash");
        // Some servers fold characters to their plain forms: a wide slash or dot, the Greek question mark to ';'.
        String folded = Normalizer.normalize(decoded, Normalizer.Form.NFKC);
        if (!folded.equals(decoded)) {
            check(folded, slashes, "a character that a server may take for a slash or backslash");
        }
        return PercentText.normalised(raw);
    }

    private static void check(String decoded, int slashes, String what) {
        if (slashes(decoded) != slashes || decoded.indexOf('\\') >= 0) {
            throw new TargetException("the path has " + what);
        }
        if (ENCODED_AGAIN.matcher(decoded).find()) {
            throw new TargetException(
                    "the path has an encoded slash, backslash, dot, semicolon or character outside ASCII"
                            + " that is encoded again");
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

    /** Of other encodings there are several readings, and UTF-8 that is too long by a byte hides a slash or a dot. */
    private static String utf8(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new TargetException("what is percent-encoded in the path is not UTF-8");
        }
    }

    private static int slashes(String text) {
        return (int) text.chars().filter(c -> c == '/').count();
    }
}
