package io.headgate.samples.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.AuthorityReport;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.plugin.IngressEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shard is set to, what it keeps, and what it is granted. */
final class BoundsTest {

    @Test
    @DisplayName("the operator's file says what the defaults are")
    void defaults() {
        Map<String, String> granted = GrantFile.read(Path.of("grants.yaml"))
                .grantFor("sample.scaling")
                .orElseThrow()
                .settings();
        assertThat(Bounds.of(granted)).isEqualTo(Bounds.of(Map.of()));
        assertThat(granted).hasSize(Bounds.class.getRecordComponents().length);
        assertThat(Bounds.of(Map.of()).within()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "stripes; 0; stripes must be between 1 and 256, is 0",
                "waiting; 0; waiting must be between 1 and 1024, is 0",
                "workers; 65; workers must be between 1 and 64, is 65",
                "seconds; 0; seconds must be between 1 and 3600, is 0",
                "workers; many; workers must be a whole number"
            })
    void refused(String name, String value, String message) {
        assertThatThrownBy(() -> Bounds.of(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the setting " + message);
    }

    @Test
    @DisplayName(
            "the keys of one shard of four are in all of its eight stripes, though the gateway dealt them out by their hash")
    void stripesOfAShard() {
        Bounds bounds = Bounds.of(Map.of());
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(number -> "key-" + number)
                        .filter(key -> KeyedGateway.shardOf(key, 4) == 0)
                        .map(bounds::stripeOf)
                        .distinct())
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    @DisplayName("a key that was not heard of for long is forgotten: what is kept has a bound")
    void forgets() {
        Keys keys = new Keys();
        keys.advance(task("old", 1));
        keys.advance(task("kept", 1));
        for (int key = 0; key < Keys.MOST; key++) {
            keys.advance(task("key-" + key, 1));
            keys.advance(task("kept", key + 2));
        }
        assertThat(keys.size()).isEqualTo(Keys.MOST);
        assertThat(keys.advance(task("old", 9)).from()).isEmpty();
        assertThat(keys.advance(task("kept", Keys.MOST + 4)).from()).hasValue(Keys.MOST + 2);
    }

    private static Task task(String key, int number) {
        String text = key + " " + number + " x";
        return Task.read(new IngressEvent.Text("gateway", 1, 1, 0, text, text.length()), 0)
                .orElseThrow();
    }

    @Test
    void theGrantGivesWhatTheManifestAsksFor() {
        Manifest manifest = Manifest.read(Path.of("src/main/resources/META-INF/headgate/plugin.yaml"));
        assertThat(AuthorityReport.of(List.of(manifest), GrantFile.read(Path.of("grants.yaml")))
                        .agrees())
                .isTrue();
        assertThat(manifest.services())
                .hasSize(4)
                .allSatisfy(service -> assertThat(service.className()).isEqualTo(Shard.class.getName()));
    }
}
