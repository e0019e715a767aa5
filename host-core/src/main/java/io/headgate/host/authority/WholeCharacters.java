package io.headgate.host.authority;

import java.io.Reader;

/**
 * Reads a text, and stops short of a character of two halves that does not fit: SnakeYAML Engine 3.0.1 has no room in its
 * buffer for the other half, so one emoji at the wrong place would make a good file unreadable.
 */
final class WholeCharacters extends Reader {

    private final String text;
    private int at;

    WholeCharacters(String text) {
        this.text = text;
    }

    @Override
    public int read(char[] buffer, int offset, int length) {
        int end = Math.min(at + length, text.length());
        if (end - at > 1 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        if (at == end) {
            return length == 0 ? 0 : -1;
        }
        text.getChars(at, end, buffer, offset);
        int read = end - at;
        at = end;
        return read;
    }

    @Override
    public void close() {
        // A text in memory holds nothing.
    }
}
