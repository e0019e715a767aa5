package io.headgate.plugin;

import java.util.Objects;

/**
 * One text of a {@link PullWebSocket}. {@code toString} never shows the text.
 *
 * @param text the message
 * @param bytes its size on the wire, in bytes of UTF-8
 * @param receivedAtMillis when it arrived at the host, in milliseconds since 1970-01-01T00:00Z
 */
public record PulledText(String text, int bytes, long receivedAtMillis) {

    /** Checks the components. */
    public PulledText {
        Objects.requireNonNull(text, "text");
        Require.atLeast("bytes", bytes, 0);
    }

    @Override
    public String toString() {
        return "PulledText[" + bytes + " bytes, received at " + receivedAtMillis + "]";
    }
}
