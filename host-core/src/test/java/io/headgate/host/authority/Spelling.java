package io.headgate.host.authority;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A row of hostile-spellings.txt, which says what the columns mean. */
record Spelling(String kind, String text, String expected) {

    private static final Pattern CODE_UNIT = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final Pattern REPEATED = Pattern.compile("\\{([^*{}]+)\\*(\\d+)}");

    static List<Spelling> table() {
        try (InputStream table = Spelling.class.getResourceAsStream("hostile-spellings.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Spelling::row)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("hostile-spellings.txt cannot be read", e);
        }
    }

    @Override
    public String toString() {
        return kind + ": " + Shown.escaped(text);
    }

    private static Spelling row(String line) {
        String[] columns = line.split(" \\| ", -1);
        if (columns.length != 3) {
            throw new IllegalStateException("a row has three columns, this has " + columns.length + ": " + line);
        }
        return new Spelling(columns[0], unescaped(columns[1]), unescaped(columns[2]));
    }

    private static String unescaped(String column) {
        String text = CODE_UNIT
                .matcher(column)
                .replaceAll(unit ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(unit.group(1), 16))));
        return REPEATED.matcher(text)
                .replaceAll(run -> Matcher.quoteReplacement(run.group(1).repeat(Integer.parseInt(run.group(2)))));
    }
}
