package io.headgate.host.reference;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every test that docs/requirements.md names is there, and no pitfall is left out. */
@Timeout(60)
final class RequirementsPageTest {

    private static final Path PROJECT = Path.of(System.getProperty("basedir", "."), "..");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Rules|Contract))(?:\\.(\\w+))?`");
    private static final int PITFALLS = 24;

    private String page = "";

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readString(PROJECT.resolve("docs/requirements.md"));
    }

    @Test
    void namesTestsThatAreThere() throws IOException {
        Map<String, String> tests = ProjectFiles.under(PROJECT).stream()
                .filter(file -> file.toString().matches(".*/src/.*(Test|Rules|Contract)\\.java"))
                .collect(toMap(RequirementsPageTest::name, RequirementsPageTest::text, String::concat));
        assertThat(NAMED.matcher(page)
                        .results()
                        .filter(named -> !isThere(named, tests))
                        .map(MatchResult::group))
                .isEmpty();
    }

    @Test
    void listsEachPitfallOnce() {
        String numbers = page.substring(page.indexOf("## Pitfalls"))
                .lines()
                .filter(line -> line.matches("\\| \\d+ .*"))
                .map(line -> line.replaceAll("\\| (\\d+) .*", "$1"))
                .collect(joining(" "));

        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, PITFALLS)
                        .mapToObj(String::valueOf)
                        .collect(joining(" ")));
    }

    private static boolean isThere(MatchResult named, Map<String, String> tests) {
        String source = tests.get(named.group(1));
        return source != null && (named.group(2) == null || source.contains(" " + named.group(2) + "("));
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
