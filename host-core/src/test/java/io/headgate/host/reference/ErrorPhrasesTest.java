package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No message about a file is missing in docs/errors.md: of each the words stand there that are written in the code. */
@Timeout(60)
final class ErrorPhrasesTest {

    private static final Path PROJECT = Path.of(System.getProperty("basedir", "."), "..");
    private static final String SOURCES = "host-core/src/main/java/io/headgate/host/";
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*?$");
    private static final Pattern TOGETHER = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern WORDS = Pattern.compile(".*[a-z']+ [a-z']+ [a-z'].*");

    /** What says what is wrong with a file. Bounds, which are put into "expected {what}", are said elsewhere. */
    private static final List<String> SPEAKERS = List.of(
            "authority/(Yaml(Fields|Tree|Keys)|SourceText|Problems|(GrantFile|Limits|Liveness|Reconnect|Headers|Tls)Reader"
                    + "|Headers|ReferringText|Reference|Pem(Files|Block)|ClientIdentity|ClientCertificates|Cidr|Misfit"
                    + "|Target(Pattern|Path|Syntax)?|HostName|InternationalName|Ipv6Text|PercentText|RegularFile)",
            "loading/ServiceClass",
            "service/PluginHostBuilder");

    /** Said of an API's arguments, or behind others of the page's. */
    private static final Pattern ELSEWHERE = Pattern.compile(
            "a list of (at least one service|grants, \\[] for none)|the file with the .*|an HTTP token of .*"
                    + "|must be (an?|from) .*|.* is neither (a|an) .*|remove the key: only the declared.*"
                    + "|headers must differ in name.*|a header's name must be.*|the character U.*|an error without a cause|it refers to");

    @Test
    void everyMessageAboutAFileIsOnThePage() throws IOException {
        String page = ReferencePage.read("../errors.md").text().replace("`", "");
        List<Path> speakers = ProjectFiles.under(PROJECT).stream()
                .filter(file -> SPEAKERS.stream()
                        .anyMatch(
                                name -> file.toString().replace('\\', '/').matches(".*" + SOURCES + name + "\\.java")))
                .toList();
        assertThat(speakers).hasSizeGreaterThan(25);
        List<String> missing = new ArrayList<>();
        for (Path speaker : speakers) {
            phrases(Files.readString(speaker)).stream()
                    .filter(phrase -> !page.contains(phrase))
                    .forEach(phrase -> missing.add(speaker.getFileName() + ": " + phrase));
        }
        assertThat(missing).isEmpty();
    }

    private static List<String> phrases(String source) {
        String code = TOGETHER.matcher(COMMENT.matcher(source).replaceAll("")).replaceAll("");
        return LITERAL.matcher(code)
                .results()
                .map(literal -> literal.group(1).replace("`", "").strip())
                .filter(phrase -> WORDS.matcher(phrase).matches())
                .filter(phrase -> !ELSEWHERE.matcher(phrase).matches())
                .toList();
    }
}
