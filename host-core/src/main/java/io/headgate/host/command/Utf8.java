package io.headgate.host.command;

import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Verdict;
import java.nio.charset.StandardCharsets;

/** The size of a text in UTF-8, and whether it may be sent. */
public final class Utf8 {

    /** The answer for a text that is no valid UTF-16, and so has no form in UTF-8. */
    public static final int MALFORMED = -1;

    /** How many characters are encoded at once. */
    static final int PIECE = 8192;

    private Utf8() {}

    /**
     * Whether a text has a form that may be sent.
     *
     * @param size what {@link #size} answered for it
     * @param maxBytes the largest message
     * @return the verdict
     */
    public static Verdict verdict(int size, int maxBytes) {
        if (size == MALFORMED) {
            return Verdict.refused(Rule.TEXT_MALFORMED, "the text holds a lone surrogate", "send valid UTF-16 only");
        }
        return size <= maxBytes
                ? Verdict.ALLOWED
                : Verdict.refused(
                        Rule.TEXT_TOO_LARGE,
                        "the text takes " + size + " bytes, the bound is " + maxBytes,
                        "send less at once, or raise limits.message-bytes in the grant");
    }

    /**
     * Measures a text: encodes it, and looks whether it comes back as it was, piece by piece. Both are vector code of the JDK,
     * which a look at each character is not; and what it takes of memory is bounded, however large the text.
     *
     * @param text the text
     * @return the bytes that it takes, or {@link #MALFORMED} when it holds a lone surrogate
     */
    public static int size(String text) {
        if (text.length() <= PIECE) {
            return sizeOfPiece(text);
        }
        int size = 0;
        for (int from = 0, to; from < text.length(); from = to) {
            to = endOfPiece(text, from);
            int more = sizeOfPiece(text.substring(from, to));
            if (more == MALFORMED) {
                return MALFORMED;
            }
            size += more;
        }
        return size;
    }

    /** A surrogate pair stays whole. */
    private static int endOfPiece(String text, int from) {
        int end = Math.min(text.length(), from + PIECE);
        return Character.isHighSurrogate(text.charAt(end - 1)) && end < text.length() ? end - 1 : end;
    }

    /** A lone surrogate is encoded as a question mark, and so comes back as one. */
    private static int sizeOfPiece(String piece) {
        byte[] encoded = piece.getBytes(StandardCharsets.UTF_8);
        return new String(encoded, StandardCharsets.UTF_8).equals(piece) ? encoded.length : MALFORMED;
    }
}
