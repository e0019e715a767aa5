package io.headgate.host.authority;

/** How foreign text appears in a message: escaped, cut at 64 characters, and not at all where it looks like a URI. */
final class Shown {

    static final int MAX_LENGTH = 64;

    private Shown() {}

    static String quoted(String text) {
        // A URI may hold a password or a token, wherever it strayed to.
        return text.contains("://") ? "a URI (not shown)" : '"' + escaped(text) + '"';
    }

    static String escaped(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).forEach(c -> append(shown, c));
        return shown.append(text.codePointCount(0, text.length()) > MAX_LENGTH ? "…" : "")
                .toString();
    }

    private static void append(StringBuilder shown, int c) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            case '"' -> shown.append("\\\"");
            case '\\' -> shown.append("\\\\");
            default -> {
                if (isPlain(c)) {
                    shown.appendCodePoint(c);
                } else {
                    shown.append(String.format("\\u%04x", c));
                }
            }
        }
    }

    /** Not plain: controls, separators, and format characters such as the bidirectional overrides. */
    static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
