package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** docs/errors.md beside what was really said. */
public final class ErrorsPage {

    private final ReferencePage page = ReferencePage.read("../errors.md");

    /** The rows of a table, as their cells without backticks. */
    public List<List<String>> rows(String heading, String header) {
        return page.rows(heading, header);
    }

    /** Every row of a table was said, and whatever was said has a row: what is in braces stands for anything. */
    public void agrees(String heading, String header, Collection<String> said) {
        List<String> messages = said.stream().map(text -> text.replace("`", "")).toList();
        List<Pattern> forms =
                rows(heading, header).stream().map(row -> form(row.get(0))).toList();
        assertThat(messages)
                .as("said, and not on the page under %s", heading)
                .allMatch(message ->
                        forms.stream().anyMatch(form -> form.matcher(message).matches()));
        assertThat(forms)
                .as("on the page under %s, and not said", heading)
                .allMatch(form -> messages.stream()
                        .anyMatch(message -> form.matcher(message).matches()));
    }

    private static Pattern form(String cell) {
        return Pattern.compile(Arrays.stream(cell.split("(?<!\\$)\\{[^}]*\\}", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".+")));
    }
}
