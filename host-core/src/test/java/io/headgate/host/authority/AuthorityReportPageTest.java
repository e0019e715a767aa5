package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docs/reference/authority-report.md shows and lists is what the report writes. */
final class AuthorityReportPageTest {

    private String page = "";

    @BeforeEach
    void readThePage() throws IOException {
        Path module = Path.of(System.getProperty("basedir", "."));
        page = Files.readString(module.resolve("../docs/reference/authority-report.md"));
    }

    @Test
    void itsReportIsTheOneOfItsFiles() {
        assertThat(report().toText()).isEqualTo(block("text"));
    }

    @Test
    void itsObjectsHaveTheFieldsThatItLists() {
        JsonNode json = JsonMapper.builder().build().readTree(report().toJson());

        assertThat(rows("| object | fields |").map(row -> names(row.group(2))).toList())
                .isEqualTo(Stream.of(
                                "",
                                "/counts",
                                "/plugins/0",
                                "/plugins/0/connections/0",
                                "/plugins/0/connections/0/access/0",
                                "/plugins/0/connections/0/access/0/given/0",
                                "/plugins/0/connections/1/entries/0",
                                "/grants/0",
                                "/grants/0/entries/0")
                        .map(place -> List.copyOf(json.at(place).propertyNames()))
                        .toList());
    }

    @Test
    void everyFieldIsExplained() {
        Set<String> listed = new TreeSet<>();
        rows("| object | fields |").forEach(row -> listed.addAll(names(row.group(2))));
        Set<String> explained = new TreeSet<>(Set.of("counts", "plugins", "connections", "grants", "entries"));
        rows("| field | holds |")
                .forEach(row -> explained.addAll(names(row.group(1).replaceAll(" of `.*", ""))));

        assertThat(explained).isEqualTo(listed);
    }

    @Test
    void itsConstantsAreTheCodes() {
        assertThat(holds("result")).isEqualTo(wireNames(AccessReport.Result.values()));
        assertThat(holds("fix")).isEqualTo(wireNames(Fix.Action.values()));
        assertThat(holds("version")).containsExactly(Integer.toString(ReportJson.VERSION));
    }

    private List<String> holds(String field) {
        return rows("| field | holds |")
                .filter(row -> row.group(1).equals("`" + field + "`"))
                .map(row -> names(row.group(2)))
                .findFirst()
                .orElseThrow();
    }

    private AuthorityReport report() {
        return AuthorityReport.of(
                List.of(Manifest.parse("plugin.yaml", block("yaml manifest"))),
                GrantFile.parse("grants.yaml", block("yaml grants")));
    }

    private String block(String info) {
        Matcher block =
                Pattern.compile("```" + info + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private Stream<MatchResult> rows(String header) {
        Pattern row = Pattern.compile("\\| (.*) \\| (.*) \\|");
        return page.lines()
                .dropWhile(line -> !line.equals(header))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> row.matcher(line).results());
    }

    private static List<String> names(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    private static List<String> wireNames(Enum<?>[] constants) {
        return Arrays.stream(constants).map(WireNames::of).toList();
    }
}
