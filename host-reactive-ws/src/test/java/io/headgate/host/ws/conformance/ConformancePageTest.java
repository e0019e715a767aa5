package io.headgate.host.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What docs/reference/conformance.md says is what {@link ConformanceTest} asserts. */
@Timeout(60)
final class ConformancePageTest {

    private String page = "";

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readString(
                Path.of(System.getProperty("basedir", ".")).resolve("../docs/reference/conformance.md"));
    }

    @Test
    void listsEveryCaseThatIsNotOk() {
        Map<String, Set<String>> listed = page.lines()
                .dropWhile(line -> !line.startsWith("| cases | Autobahn says |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split(" *\\| *", -1))
                .collect(Collectors.toMap(row -> row[2], row -> cases(row[1]), ConformancePageTest::both));

        assertThat(listed)
                .isEqualTo(Map.of(
                        "`FAILED`", Expected.FAILED,
                        "`NON-STRICT`", Expected.NON_STRICT,
                        "`OK` or `NON-STRICT`", Expected.NOT_ALWAYS_STRICT,
                        "`INFORMATIONAL`", Expected.INFORMATIONAL));
    }

    @Test
    void quotesALineThatCouldBe() {
        int informational = Expected.INFORMATIONAL.size();
        int failed = Expected.FAILED.size();
        int least = Expected.NON_STRICT.size();
        Matcher line = Pattern.compile("\n    conformance: " + Expected.CASES + " rows, (\\d+) ok, (\\d+) non-strict, "
                        + informational + " informational, " + failed + " refused binary\n")
                .matcher(page);

        assertThat(line.find()).isTrue();
        int notStrict = Integer.parseInt(line.group(2));
        assertThat(notStrict).isBetween(least, least + Expected.NOT_ALWAYS_STRICT.size());
        assertThat(Integer.parseInt(line.group(1)) + notStrict).isEqualTo(Expected.CASES - informational - failed);
    }

    private static Set<String> both(Set<String> first, Set<String> second) {
        Set<String> union = new TreeSet<>(first);
        union.addAll(second);
        return union;
    }

    /** Ids and ranges of them: 1.2.1–1.2.8. */
    private static Set<String> cases(String cell) {
        return Stream.of(cell.split(", "))
                .flatMap(part -> range(part.split("–")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> range(String[] ends) {
        String first = ends[0];
        String last = ends[ends.length - 1];
        String prefix = first.substring(0, first.lastIndexOf('.') + 1);
        return IntStream.rangeClosed(number(first), number(last)).mapToObj(n -> prefix + n);
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.lastIndexOf('.') + 1));
    }
}
