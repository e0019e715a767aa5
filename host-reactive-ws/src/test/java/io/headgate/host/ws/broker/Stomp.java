package io.headgate.host.ws.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a {@link StompFrame} in STOMP 1.2: the command, the headers, an empty line, the body and a NUL. A
 * line feed between frames is a heart-beat.
 */
public final class Stomp {

    /** What a heart-beat looks like. */
    public static final String HEART_BEAT = "\n";

    /** These two frames escape nothing, to stay compatible with STOMP 1.0. */
    private static final Set<String> UNESCAPED = Set.of("CONNECT", "CONNECTED");

    private static final String CONTENT_LENGTH = "content-length";

    private Stomp() {}

    /** Writes a frame. A body gets a {@code content-length} in bytes, so that it may hold a NUL. */
    public static String format(StompFrame frame) {
        boolean escaped = !UNESCAPED.contains(frame.command());
        StringBuilder text = new StringBuilder(frame.command()).append('\n');
        frame.headers()
                .forEach((name, value) -> text.append(escaped ? escape(name) : name)
                        .append(':')
                        .append(escaped ? escape(value) : value)
                        .append('\n'));
        if (!frame.body().isEmpty() && !frame.headers().containsKey(CONTENT_LENGTH)) {
            text.append(CONTENT_LENGTH + ":")
                    .append(frame.body().getBytes(UTF_8).length)
                    .append('\n');
        }
        return text.append('\n').append(frame.body()).append('\0').toString();
    }

    /** Whether a text holds heart-beats and no frame. */
    static boolean isHeartBeat(String text) {
        return !text.isEmpty() && text.isBlank();
    }

    /**
     * Reads a text that holds one frame, or nothing but heart-beats.
     *
     * @return the frame, or nothing for heart-beats
     * @throws IllegalArgumentException if it is not one whole frame
     */
    public static Optional<StompFrame> parse(String text) {
        String rest = text.replaceFirst("^[\\r\\n]+", "");
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = rest.split("\\r?\\n\\r?\\n", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("no empty line after the headers");
        }
        String[] lines = parts[0].split("\\r?\\n", -1);
        Map<String, String> headers = headers(lines, !UNESCAPED.contains(lines[0]));
        return Optional.of(new StompFrame(lines[0], headers, body(parts[1], headers.get(CONTENT_LENGTH))));
    }

    private static Map<String, String> headers(String[] lines, boolean escaped) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("a header without a colon: " + line);
            }
            String name = line.substring(0, colon);
            String value = line.substring(colon + 1);
            headers.putIfAbsent(escaped ? unescape(name) : name, escaped ? unescape(value) : value);
        }
        return headers;
    }

    private static String body(String rest, @Nullable String contentLength) {
        byte[] bytes = rest.getBytes(UTF_8);
        int length = contentLength == null ? firstNul(bytes) : Integer.parseInt(contentLength);
        if (length < 0 || length >= bytes.length || bytes[length] != 0) {
            throw new IllegalArgumentException("no NUL at the end of a body of " + length + " bytes");
        }
        String after = new String(bytes, length + 1, bytes.length - length - 1, UTF_8);
        if (!after.isBlank()) {
            throw new IllegalArgumentException("more than one frame: " + after);
        }
        return new String(bytes, 0, length, UTF_8);
    }

    private static int firstNul(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && bytes[at] != 0) {
            at++;
        }
        return at;
    }

    private static String escape(String raw) {
        return raw.replace("\\", "\\\\")
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace(":", "\\c");
    }

    private static String unescape(String escaped) {
        StringBuilder raw = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            raw.append(c == '\\' ? unescaped(escaped, ++i) : c);
        }
        return raw.toString();
    }

    private static char unescaped(String escaped, int at) {
        return switch (at < escaped.length() ? escaped.charAt(at) : ' ') {
            case '\\' -> '\\';
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 'c' -> ':';
            default -> throw new IllegalArgumentException("an undefined escape in: " + escaped);
        };
    }
}
