package io.headgate.host.authority;

/** Lines for a terminal: a label, and beside it a text that is wrapped between words. */
final class TextLines {

    static final int WIDTH = 120;

    private static final String INDENT = "    ";
    private static final int LABEL = 14;
    private static final String MARGIN = " ".repeat(INDENT.length() + LABEL);

    private final StringBuilder lines = new StringBuilder();

    /** A line as it is; empty for a blank one. */
    void line(String text) {
        lines.append(text).append('\n');
    }

    /** A label, empty for that of the line above, and a text. */
    void item(String label, String text) {
        StringBuilder line = new StringBuilder(INDENT).append(label);
        line.append(" ".repeat(Math.max(1, MARGIN.length() - line.length())));
        boolean first = true;
        for (String word : text.split(" ", -1)) {
            if (!first && line.length() + 1 + word.length() > WIDTH) {
                line(line.toString());
                line = new StringBuilder(MARGIN);
                first = true;
            }
            line.append(first ? "" : " ").append(word);
            first = false;
        }
        line(line.toString());
    }

    /** What is to be copied: never wrapped. */
    void block(String text) {
        text.lines().forEach(line -> line(MARGIN + line));
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
