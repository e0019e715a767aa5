package io.headgate.host.command;

/** The size of a text in UTF-8. */
final class Utf8 {

    /** The answer for a text that is no valid UTF-16, and so has no form in UTF-8. */
    static final int MALFORMED = -1;

    private Utf8() {}

    /** The bytes that {@code text} takes, or {@link #MALFORMED} when it holds a lone surrogate. */
    static int size(String text) {
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
