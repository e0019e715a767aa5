package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tables of docs/reference/refusals.md are the code's: every rule, and every refusal that is written anywhere. */
@Timeout(60)
final class RefusalsPageTest {

    private static final Path PROJECT = Path.of(System.getProperty("basedir", "."), "..");
    private static final String SAID = "| rule | message | remedy |";

    private final ReferencePage page = ReferencePage.read("refusals.md");

    @Test
    void listsTheRulesAndHowTheyCount() {
        List<List<String>> rules = Arrays.stream(Rule.values())
                .map(rule -> List.of(rule.wireName(), rule.isAuthority() ? "denied" : "rejected"))
                .toList();

        assertThat(page.rows("Rules", "| rule | counts as | means | what to do |", 2))
                .isEqualTo(rules);
    }

    @Test
    void listsWhatIsSaidInEveryRefusal() throws IOException {
        List<List<String>> said = page.rows("What is said", SAID).stream()
                .map(row ->
                        row.subList(0, 3).stream().map(RefusalsPageTest::form).toList())
                .toList();

        assertThat(said).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(Refusals.under(PROJECT));
    }

    @Test
    void saysSomethingForEveryRule() {
        assertThat(page.column("What is said", SAID, 0).stream().distinct())
                .containsExactlyElementsOf(
                        Arrays.stream(Rule.values()).map(Rule::wireName).toList());
    }

    private static String form(String cell) {
        return cell.replaceAll("\\{[^}]*\\}", Refusals.VALUE).replaceAll(Refusals.VALUE + "+", Refusals.VALUE);
    }
}
