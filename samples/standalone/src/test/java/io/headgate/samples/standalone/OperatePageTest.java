package io.headgate.samples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/operate.md says what the code does. */
final class OperatePageTest {

    private String page;

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of(System.getProperty("basedir", ".")).resolve("../../docs/operate.md"));
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
        assertThat(settings.host()).as("the page shows the defaults").isEqualTo(defaults.host());
        assertThat(settings.health()).isEqualTo(defaults.health());
        assertThat(settings.grace()).isEqualTo(defaults.grace());
        assertThat(settings.http().port()).isEqualTo(defaults.http().port());
    }

    @Test
    void commands() {
        assertThat(Headgate.commandLine().getSubcommands().keySet())
                .allSatisfy(command -> assertThat(page).contains("headgate " + command));
    }
}
