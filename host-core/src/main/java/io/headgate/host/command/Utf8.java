package io.headgate.host.command;

import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Verdict;

/** The size of a text in UTF-8, and whether it may be sent. */
public final class Utf8 {

    /** The answer for a text that is no valid UTF-16, and so has no form in UTF-8. */
    public static final int MALFORMED = -1;

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
     * Measures a text.
     *
     * @param text the text
     * @return the bytes that it takes, or {@link #MALFORMED} when it holds a lone surrogate
     */
    public static int size(String text) {
        int size = text.length();
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit < 0x80) {
                continue;
            }
            if (!Character.isSurrogate(unit)) {
                size += unit < 0x800 ? 1 : 2;
            } else if (isPair(text, at)) {
                size += 2;
                at++;
            } else {
                return MALFORMED;
            }
        }
        return size;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}
