package io.headgate.host.ws;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Strict UTF-8 (RFC 6455, 8.1), at the price of a lenient look. */
final class Utf8Text {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8Text() {}

    /**
     * Returns {@code null} for what is not UTF-8. Only a text that came out with a replacement character needs the strict look
     * at its bytes: it was UTF-8 if it makes the same bytes again.
     */
    static @Nullable String of(byte[] array, int offset, int length) {
        String text = new String(array, offset, length, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 || makes(text, array, offset, length) ? text : null;
    }

    private static boolean makes(String text, byte[] array, int offset, int length) {
        byte[] again = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(again, 0, again.length, array, offset, offset + length);
    }
}
