package io.headgate.host.authority;

import io.headgate.host.ConfigurationException;
import io.headgate.host.ConfigurationException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file: UTF-8, bounded, of printable characters.
 *
 * @param file the file's name, for errors
 * @param text its text, without a byte order mark
 */
record SourceText(String file, String text) {

    static final int MAX_BYTES = 256 << 10;

    static SourceText read(Path path) {
        String file = path.toString();
        try {
            return of(file, RegularFile.read(path, MAX_BYTES));
        } catch (IOException e) {
            throw refused(file, new Position(0, 0), "cannot be read: " + e.getMessage(), e.getCause());
        }
    }

    static SourceText of(String file, byte[] bytes) {
        checkSize(file, bytes.length);
        try {
            return checked(
                    file,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            // Without the cause: it says nothing more.
            throw refused(file, Position.START, "must be UTF-8", null);
        }
    }

    static SourceText of(String file, String text) {
        checkSize(file, text.length() > MAX_BYTES ? text.length() : text.getBytes(StandardCharsets.UTF_8).length);
        return checked(file, text);
    }

    private static SourceText checked(String file, String text) {
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        int line = 1;
        int column = 1;
        int[] points = content.codePoints().toArray();
        for (int at = 0; at < points.length; at++) {
            int c = points[at];
            // A line break that is a return alone is none for who looks at the file: the line is written over.
            boolean breaks = c != '\r' || (at + 1 < points.length && points[at + 1] == '\n');
            if (!breaks || !isAllowed(c)) {
                throw refused(
                        file, new Position(line, column), "the character U+%04X is not allowed".formatted(c), null);
            }
            column = c == '\n' ? 1 : column + 1;
            line = c == '\n' ? line + 1 : line;
        }
        return new SourceText(file, content);
    }

    /** YAML 1.2, section 5.1, without the line breaks and marks that an editor does not show. */
    private static boolean isAllowed(int c) {
        return c == '\n' || c == '\r' || c == '\t' || (c >= ' ' && c < 0x7f) || (c >= 0xa0 && isAllowedUnicode(c));
    }

    private static boolean isAllowedUnicode(int c) {
        boolean surrogate = c >= 0xd800 && c <= 0xdfff;
        boolean hiddenBreakOrMark = c == 0x2028 || c == 0x2029 || c == 0xfeff;
        // They show a line in another order than it is read in (CVE-2021-42574).
        boolean reorders = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        return !surrogate && !hiddenBreakOrMark && !reorders && c != 0xfffe && c != 0xffff;
    }

    private static void checkSize(String file, int bytes) {
        if (bytes > MAX_BYTES) {
            throw refused(file, new Position(0, 0), "must have at most " + MAX_BYTES + " bytes, has more", null);
        }
    }

    private static ConfigurationException refused(
            String file, Position position, String message, @Nullable Throwable cause) {
        return new ConfigurationException(
                List.of(new Problem(file, position.line(), position.column(), "", message)), cause);
    }
}
