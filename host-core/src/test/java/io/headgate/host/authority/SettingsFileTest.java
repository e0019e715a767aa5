package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Settings are read as strictly as grants. */
final class SettingsFileTest {

    private enum Format {
        PLAIN_TEXT,
        JSON
    }

    /** Something with settings of each kind. */
    private record Made(Duration pause, int port, long room, String name, String token, Format format) {

        static final Made DEFAULTS = new Made(Duration.ofSeconds(1), 1, 1, "", "", Format.PLAIN_TEXT);

        Made {
            if (port < 1) {
                throw new IllegalArgumentException("port must be at least 1, is " + port);
            }
        }

        Made withWait(Duration value) {
            return new Made(value, port, room, name, token, format);
        }

        Made withPort(int value) {
            return new Made(pause, value, room, name, token, format);
        }

        Made withRoom(long value) {
            return new Made(pause, port, value, name, token, format);
        }

        Made withName(String value) {
            return new Made(pause, port, room, value, token, format);
        }

        Made withToken(String value) {
            return new Made(pause, port, room, name, value, format);
        }

        Made withFormat(Format value) {
            return new Made(pause, port, room, name, token, value);
        }
    }

    private static Made made(SettingsSection file) {
        return file.section("http", Made.DEFAULTS, (http, defaults) -> {
            Made made = http.duration("wait", defaults, Made::withWait);
            made = http.number("port", made, Made::withPort);
            made = http.size("room", made, Made::withRoom);
            made = http.text("name", made, Made::withName);
            made = http.secret("token", made, Made::withToken);
            return http.constant("format", Format.class, made, Made::withFormat);
        });
    }

    private static Made read(String yaml) {
        References references = new References() {
            @Override
            public boolean areReal() {
                return true;
            }

            @Override
            public Optional<String> environment(String name) {
                return Optional.ofNullable(Map.of("TOKEN", "s3cret").get(name));
            }

            @Override
            public byte[] file(Path file, int maxBytes) throws IOException {
                throw new IOException("no such file");
            }
        };
        return SettingsFile.read(SourceText.of("settings.yaml", yaml), references, SettingsFileTest::made);
    }

    private static void assertProblem(String yaml, String... problems) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(String.join("\n", problems));
    }

    @Test
    void readsEachKind() {
        assertThat(read("""
                version: 1
                http:
                  wait: 250ms
                  port: 8080
                  room: 64KiB
                  name: a name
                  token: "x${env:TOKEN}"
                  format: json
                """))
                .isEqualTo(new Made(Duration.ofMillis(250), 8080, 64 << 10, "a name", "xs3cret", Format.JSON));
    }

    @Test
    void whatIsNotThereIsAsItWas() {
        assertThat(read("version: 1")).isEqualTo(Made.DEFAULTS);
        assertThat(read("version: 1\nhttp: {port: 2}")).isEqualTo(Made.DEFAULTS.withPort(2));
    }

    @Test
    @DisplayName("a bound is told in the setting's words, at the key's place, and so is everything else that is wrong")
    void tellsAllThatIsWrong() {
        assertProblem(
                """
                version: 1
                http:
                  port: 0
                  wait: 5
                  format: JSON
                  ports: 3
                """,
                "settings.yaml:3:9: http.port: port must be at least 1, is 0",
                "settings.yaml:4:9: http.wait: expected a duration from 1ms to 1d, such as 250ms, 10s or 5m, found 5",
                "settings.yaml:5:11: http.format: expected one of plain-text, json, found \"JSON\"",
                "settings.yaml:6:3: http.ports: unknown key: expected one of wait, port, room, name, token, format");
    }

    @Test
    void aKeyTwiceIsAProblem() {
        assertProblem(
                "version: 1\nhttp: {port: 1, port: 2}",
                "settings.yaml:2:17: http.port: the key is there twice, first at 2:8");
    }

    @Test
    void theVersionIsRequired() {
        assertProblem("http: {port: 1}", "settings.yaml:1:1: version: missing: expected 1");
        assertProblem("version: 2", "settings.yaml:1:10: version: expected 1, found 2");
        assertProblem("version: 1\nhttp: 5", "settings.yaml:2:7: http: expected a mapping, found 5");
    }

    @Test
    @DisplayName("a secret is not shown, whatever is wrong with it")
    void secretsAreNotShown() {
        assertProblem(
                "version: 1\nhttp: {token: [s3cret]}",
                "settings.yaml:2:15: http.token: expected text of at most 4096 characters, found a list");
        assertProblem(
                "version: 1\nhttp: {token: \"${env:ABSENT}\"}",
                "settings.yaml:2:15: http.token: ${env:ABSENT} is not set in the host's environment");
        assertProblem(
                "version: 1\nhttp: {token: 12345}",
                "settings.yaml:2:15: http.token: expected text of at most 4096 characters, found something else (not shown): put a"
                        + " number, true or false in quotes");
    }
}
