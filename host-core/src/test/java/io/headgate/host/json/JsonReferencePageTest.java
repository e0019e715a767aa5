package io.headgate.host.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of docs/reference/json.md are the code's. */
@Timeout(60)
final class JsonReferencePageTest {

    private static final Family<Object> RECORDINGS = new Family<>(
            "a line",
            Stream.<Kind<?>>concat(Stream.of(RecordingKinds.START), RecordingKinds.ALL.kinds().stream())
                    .toList());
    private static final Map<String, Family<?>> FAMILIES = Map.of(
            "Events",
            EventKinds.ALL,
            "Commands",
            CommandKinds.ALL,
            "Outcomes",
            OutcomeKinds.ALL,
            "Recordings",
            RECORDINGS);

    private String page = "";

    @BeforeEach
    void readThePage() throws IOException {
        Path module = Path.of(System.getProperty("basedir", "."));
        page = Files.readString(module.resolve("../docs/reference/json.md"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Events", "Commands", "Outcomes", "Recordings"})
    void listsTheKindsAndTheirFieldsInOrder(String section) {
        assertThat(rows(section, "| kind | fields |")).isEqualTo(kinds(family(section)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Events", "Commands", "Outcomes", "Recordings"})
    void listsWhatEachFieldMayHold(String section) {
        assertThat(rows(section, "| field | value | when absent |")).isEqualTo(fields(family(section)));
    }

    @Test
    void itsExamplesAreWhatIsWritten() {
        List<String> examples = page.lines()
                .filter(line -> line.startsWith("    {"))
                .map(String::strip)
                .toList();

        assertThat(examples).hasSize(5);
        assertThat(RecordingJson.write(RecordingJson.read(examples.get(3)))).isEqualTo(examples.get(3));
        assertThat(RecordingJson.write(RecordingJson.read(examples.get(4)))).isEqualTo(examples.get(4));
        assertThat(MessageJson.write(MessageJson.readEvent(examples.get(0)))).isEqualTo(examples.get(0));
        assertThat(MessageJson.write(MessageJson.readCommand(examples.get(1)))).isEqualTo(examples.get(1));
        assertThat(MessageJson.write(MessageJson.readOutcome(examples.get(2)))).isEqualTo(examples.get(2));
    }

    @Test
    void statesTheBounds() {
        assertThat(rows("Bounds", "| of | at most |"))
                .containsExactly(
                        "| a message | " + JsonText.MAX_CHARACTERS + " UTF-16 units |",
                        "| a text | " + JsonText.MAX_TEXT + " UTF-16 units |",
                        "| a field's name | " + JsonText.MAX_NAME + " UTF-16 units |",
                        "| a number | " + JsonText.MAX_NUMBER + " digits |",
                        "| a message | " + JsonText.MAX_TOKENS + " tokens |",
                        "| nesting | " + JsonText.MAX_DEPTH + " deep |");
    }

    private static Family<?> family(String section) {
        return Objects.requireNonNull(FAMILIES.get(section));
    }

    private static List<String> kinds(Family<?> family) {
        return family.kinds().stream()
                .map(kind -> "| `" + kind.name() + "` | "
                        + kind.fields().stream()
                                .map(field -> "`" + field.name() + "`")
                                .collect(Collectors.joining(", "))
                        + " |")
                .toList();
    }

    /** A field that holds the same in most kinds has one row; each kind in which it holds another thing has its own. */
    private static List<String> fields(Family<?> family) {
        Map<String, Map<String, List<String>>> kindsByHolding = new LinkedHashMap<>();
        for (Kind<?> kind : family.kinds()) {
            for (Field<?, ?> field : kind.fields()) {
                kindsByHolding
                        .computeIfAbsent(field.name(), name -> new LinkedHashMap<>())
                        .computeIfAbsent(holding(field), holding -> new ArrayList<>())
                        .add(kind.name());
            }
        }
        List<String> rows = new ArrayList<>();
        kindsByHolding.forEach((name, holdings) -> {
            int most = holdings.values().stream().mapToInt(List::size).max().orElseThrow();
            holdings.forEach((holding, kinds) -> rows.add("| `" + name + "`"
                    + (kinds.size() == most ? "" : " of `" + String.join("`, `", kinds) + "`") + holding));
        });
        return rows;
    }

    private static String holding(Field<?, ?> field) {
        return " | " + field.type().expected() + " | "
                + field.absent().map(value -> "`" + value + "`").orElse("an error") + " |";
    }

    private List<String> rows(String section, String header) {
        return page.lines()
                .dropWhile(line -> !line.equals("## " + section))
                .dropWhile(line -> !line.equals(header))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }
}
