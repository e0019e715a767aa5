package io.headgate.host.reference;

import io.headgate.host.authority.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The refusals that the code writes: rule, message and remedy, as they stand in its sources. */
final class Refusals {

    static final String VALUE = "…";

    private static final Pattern MADE =
            Pattern.compile("(?:Verdict\\.refused|new (?:Verdict\\.)?Refused)\\(|refusing\\(\\s*plugin,");
    private static final Pattern RULE = Pattern.compile("Rule\\.([A-Z_]+)");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private Refusals() {}

    /** Rule, message and remedy of each, with an ellipsis for what is put in. */
    static List<List<String>> under(Path root) throws IOException {
        return ProjectFiles.under(root).stream()
                .filter(file -> file.toString().matches(".*/src/main/.*\\.java"))
                .filter(file -> !file.endsWith("Verdict.java"))
                .flatMap(file -> in(text(file)))
                .distinct()
                .toList();
    }

    private static Stream<List<String>> in(String source) {
        return MADE.matcher(source).results().flatMap(made -> refusals(source, made));
    }

    private static Stream<List<String>> refusals(String source, MatchResult made) {
        List<String> arguments = split(source.substring(made.end()), ',');
        return rules(source.substring(0, made.start()), arguments.get(0))
                .flatMap(rule -> choices(arguments.get(1))
                        .flatMap(message ->
                                choices(arguments.get(2)).map(remedy -> List.of(rule, form(message), form(remedy)))));
    }

    /** Where the rule is chosen, the method names those that it may be. */
    private static Stream<String> rules(String before, String argument) {
        Matcher named = RULE.matcher(argument);
        String place = named.find() ? argument : before.substring(before.lastIndexOf("\n    }\n"));
        return RULE.matcher(place)
                .results()
                .map(rule -> Rule.valueOf(rule.group(1)).wireName());
    }

    /** Both sides of a question, or the expression as it is. */
    private static Stream<String> choices(String expression) {
        List<String> question = split(expression, '?');
        return question.size() == 1 ? Stream.of(expression) : split(question.get(1), ':').stream();
    }

    private static String form(String expression) {
        return split(expression, '+').stream()
                .map(part -> LITERAL.matcher(part.strip()))
                .map(literal -> literal.matches() ? literal.group(1).replace("`", "") : VALUE)
                .collect(Collectors.joining())
                .replaceAll(VALUE + "+", VALUE);
    }

    /** Splits at what is neither in a literal nor in brackets, up to the bracket that closes. */
    private static List<String> split(String text, char at) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        Matcher literal = LITERAL.matcher(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && literal.find(i)) {
                i = literal.end() - 1;
            } else if (c == at && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth < 0) {
                parts.add(text.substring(start, i));
                return parts;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
