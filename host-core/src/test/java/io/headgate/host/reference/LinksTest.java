package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of docs/reference are all in its index, and their links lead somewhere. */
@Timeout(60)
final class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)#?([^)]*)\\)");

    static Stream<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(ReferencePage.FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @Test
    void theIndexListsEveryPage() throws IOException {
        List<String> listed = ReferencePage.read("README.md").column("Reference", "| page | for | what |", 0);

        assertThat(pages().filter(page -> !page.equals("README.md")).map(page -> "[" + page + "](" + page + ")"))
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAPageAndAHeading(String page) {
        LINK.matcher(ReferencePage.read(page).text())
                .results()
                .filter(link -> !link.group(1).contains(":"))
                .forEach(link -> follow(page, link));
    }

    private static void follow(String page, MatchResult link) {
        String file = link.group(1).isEmpty() ? page : link.group(1);
        assertThat(ReferencePage.FOLDER.resolve(file)).exists();
        if (!link.group(2).isEmpty()) {
            assertThat(anchors(file)).as("headings of %s", file).contains(link.group(2));
        }
    }

    private static List<String> anchors(String file) {
        return ReferencePage.read(file)
                .text()
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceAll("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .toList();
    }
}
