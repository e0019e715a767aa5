package io.headgate.plugin.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** What was said last on a connection, for whoever reads why a test failed. */
final class Conversation {

    private static final int LINES = 20;
    private static final int LONGEST = 200;

    private final Deque<String> lines = new ArrayDeque<>();

    void add(long atMillis, String what) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        String shown = what.length() > LONGEST ? what.substring(0, LONGEST) + "…" : what;
        lines.addLast(String.format(Locale.ROOT, "%9.3f s  %s", atMillis / 1000.0, shown));
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
