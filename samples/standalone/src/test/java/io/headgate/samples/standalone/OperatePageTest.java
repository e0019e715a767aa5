package io.headgate.samples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/operate.md says what the code does. */
final class OperatePageTest {

    private static final Path HERE = Path.of(System.getProperty("basedir", "."));

    private String page;

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(HERE.resolve("../../docs/operate.md"));
    }

    @Test
    @DisplayName("the settings on the page are read, and name every key that there is")
    void settings() {
        String yaml =
                page.replaceAll("(?s).*```yaml\n(.*?)```.*", "$1").replace("${env:HEADGATE_TOKEN}", "0123456789abcdef");
        Settings settings = SettingsReader.parse("operate.md", yaml);

        assertThat(settings.watchGrants()).isPresent();
        assertThat(settings.webSocket().proxy()).isPresent();
        assertThat(settings.http().token()).isPresent();
        Settings defaults = Settings.defaults();
        assertThat(settings.host())
                .as("the page shows the defaults")
                .isEqualTo(defaults.host()
                        .withRecording(settings.host().recording().orElseThrow()));
        assertThat(settings.health()).isEqualTo(defaults.health());
        assertThat(settings.grace()).isEqualTo(defaults.grace());
        assertThat(settings.http().port()).isEqualTo(defaults.http().port());
    }

    @Test
    void commands() {
        assertThat(Headgate.commandLine().getSubcommands().keySet())
                .allSatisfy(command -> assertThat(page).contains("headgate " + command));
    }

    @Test
    @DisplayName(
            "each alert has its section, in the order of the rules, and says what it means, where to look and what to do")
    void alerts() throws IOException {
        List<String> rules = found("- alert: (\\w+)", Files.readString(HERE.resolve("operate/headgate-alerts.yml")));
        assertThat(found("(?m)^### (Headgate\\w+)$", page)).isEqualTo(rules);
        assertThat(page.split("(?m)^##+ ", -1))
                .filteredOn(section -> section.startsWith("Headgate"))
                .hasSameSizeAs(rules)
                .allSatisfy(section -> assertThat(section)
                        .containsPattern("\n\n(Critical|Warning|Info)\\b")
                        .containsPattern("\\*\\*(Do|Look and do)\\*\\*"));
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
