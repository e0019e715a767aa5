package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every link of a page that stays within the project leads to a file, and to a heading, that is there. */
@Timeout(60)
final class LinksTest {

    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "."), "..").normalize();
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern FOREIGN = Pattern.compile("(https?|mailto):.*");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            String text = CODE.matcher(Files.readString(page)).replaceAll("code");
            for (String link :
                    LINK.matcher(text).results().map(found -> found.group(1)).toList()) {
                links++;
                if (!FOREIGN.matcher(link).matches() && !leadsSomewhere(page, link)) {
                    broken.add(PROJECT.relativize(page) + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(200);
    }

    @Test
    void aHeadingIsSpelledAsItsAnchorIs() {
        assertThat(anchors("# As JSON\n## `ServiceContext.outcomes()`\n### Why not `recv(timeout)`\n# As JSON\n"))
                .containsExactly("as-json", "servicecontextoutcomes", "why-not-recvtimeout", "as-json-1");
        assertThat(anchors("```sh\n# no heading\n```\n")).isEmpty();
    }

    private static List<Path> pages() throws IOException {
        return ProjectFiles.under(PROJECT).stream()
                .filter(file -> file.toString().endsWith(".md"))
                .filter(file -> !file.toString().replace('\\', '/').contains("/src/"))
                .sorted()
                .toList();
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (hash < 0 || !Files.isRegularFile(target)) {
            return hash < 0 && Files.exists(target);
        }
        return anchors(Files.readString(target)).contains(link.substring(hash + 1));
    }

    /** As GitHub makes them: of the same heading the second one is numbered. */
    private static List<String> anchors(String text) {
        List<String> anchors = new ArrayList<>();
        String plain = Pattern.compile("(?ms)^```.*?^```").matcher(text).replaceAll("");
        Stream<String> headings = HEADING.matcher(plain).results().map(found -> anchor(found.group(1)));
        headings.forEach(heading -> {
            int times = 0;
            String anchor = heading;
            while (anchors.contains(anchor)) {
                times++;
                anchor = heading + "-" + times;
            }
            anchors.add(anchor);
        });
        return anchors;
    }

    private static String anchor(String heading) {
        return heading.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }
}
