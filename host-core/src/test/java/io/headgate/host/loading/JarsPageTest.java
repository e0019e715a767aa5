package io.headgate.host.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/reference/plugins-from-jars.md says of bounds and packages is the code's. */
final class JarsPageTest {

    private String page = "";

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readString(Path.of(System.getProperty("basedir", "."), "../docs/reference/plugins-from-jars.md"));
    }

    @Test
    void listsTheBoundsWithTheirDefaults() {
        JarBounds defaults = JarBounds.defaults();
        List<String> rows = page.lines()
                .filter(line ->
                        Pattern.matches("\\| `(fileBytes|entries|entryBytes|inflatedBytes|nameBytes)` .*", line))
                .map(line -> line.replaceAll("\\| `(\\w+)` \\| ([^|]+) \\|.*", "$1 $2"))
                .toList();

        assertThat(rows)
                .containsExactly(
                        "fileBytes " + (defaults.fileBytes() >> 20) + " MiB",
                        "entries " + defaults.entries(),
                        "entryBytes " + (defaults.entryBytes() >> 20) + " MiB",
                        "inflatedBytes " + (defaults.inflatedBytes() >> 20) + " MiB",
                        "nameBytes " + defaults.nameBytes());
    }

    @Test
    void namesThePackagesThatNoJarMayBring() {
        String refused = page.lines()
                .filter(line -> line.startsWith("| entries in "))
                .findFirst()
                .orElseThrow();
        List<String> named = Arrays.stream(refused.replaceAll("\\| entries in (.*), also under.*", "$1")
                        .split(", "))
                .map(name -> name.replace("`", ""))
                .toList();

        assertThat(named)
                .allSatisfy(name -> assertThat(HostPackages.owning(name.replace('.', '/') + "/X.class"))
                        .contains(name));
        assertThat(named).hasSize(9);
    }

    @Test
    void namesTheRulesAndTheStates() {
        assertThat(page)
                .contains(Rule.DIGEST_NOT_GRANTED.wireName(), Rule.PLUGIN_NOT_GRANTED.wireName())
                .contains(Arrays.stream(PluginUnload.State.values())
                        .map(state -> "`" + state + "`")
                        .toList());
    }
}
