package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report as a command: what it prints, and how it ends. */
final class ReportTest {

    private static final String MANIFEST = """
            version: 1
            id: chat
            release: 1.0.0
            services:
              - name: bridge
                class: Bridge
                connections:
                  - { name: gateway, target: "wss://h/v1", access: [subscribe] }
            """;
    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: chat
                websocket:
                  - { target: "wss://h/v1", access: [subscribe] }
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeTheFiles() throws IOException {
        write("plugin.yaml", MANIFEST);
        write("grants.yaml", GRANTS);
    }

    @Test
    void endsWithZeroWhereAllAgrees() {
        assertThat(run("--grants", file("grants.yaml"), file("plugin.yaml"))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(expected().toText());
        assertThat(err.size()).isZero();
    }

    @Test
    void printsJson() {
        assertThat(run("--json", file("plugin.yaml"), "--grants", file("grants.yaml")))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(expected().toJson());
    }

    /** It runs where the secrets are not: in a review, in a build. */
    @Test
    void readsNoSecrets() throws IOException {
        write(
                "grants.yaml",
                GRANTS.replace(
                                "[subscribe] }",
                                "[subscribe, send], headers: {Authorization: 'Bearer ${env:NO_SUCH_TOKEN}', X-Key: s3cret, Cookie: 'session=s3cret; x=${env:NONE}'} }")
                        + "    settings: {token: '${file:/no/such/file}'}\n");

        assertThat(run("--grants", file("grants.yaml"), file("plugin.yaml"))).isEqualTo(1);
        assertThat(err.size()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("headers       Authorization, Cookie, X-Key")
                .contains("Authorization: \"Bearer ${env:NO_SUCH_TOKEN}\"")
                .contains("X-Key: \"${the value that stands in the file, which is not shown here}\"")
                .doesNotContain("s3cret")
                .doesNotContain("unread")
                .doesNotContain("/no/such/file");
    }

    @Test
    void readsNoCertificates() throws IOException {
        write(
                "grants.yaml",
                GRANTS.replace(
                        "[subscribe] }",
                        "[subscribe, send], tls: {trust: [/no/such/root.pem], certificate: /no/such/host.pem, key: /no/such/host.key} }"));

        assertThat(run("--grants", file("grants.yaml"), file("plugin.yaml"))).isEqualTo(1);
        assertThat(err.size()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("trusts what is in \"/no/such/root.pem\" too, client certificate \"/no/such/host.pem\"")
                .contains("trust: [\"/no/such/root.pem\"]")
                .contains("key: \"/no/such/host.key\"");
    }

    @Test
    void endsWithOneWhereSomethingIsRefused() throws IOException {
        write("grants.yaml", "version: 1\ngrants: []\n");

        assertThat(run("--grants", file("grants.yaml"), file("plugin.yaml"))).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("REFUSED by plugin-not-granted");
    }

    @Test
    void endsWithOneWhereSomethingIsUnasked() throws IOException {
        write("grants.yaml", GRANTS.replace("[subscribe]", "[subscribe, send]"));

        assertThat(run("--grants", file("grants.yaml"), file("plugin.yaml"))).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("UNASKED");
    }

    @Test
    void endsWithTwoAndAllThatIsWrongWithAllFiles() throws IOException {
        write("grants.yaml", GRANTS.replace("subscribe", "everything"));
        write("plugin.yaml", "version: 2\n");

        assertThat(run("--grants", file("grants.yaml"), file("plugin.yaml"), file("none.yaml")))
                .isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(file("grants.yaml") + ":5:")
                .contains(file("plugin.yaml") + ":1:")
                .contains(file("none.yaml") + ": cannot be read: no such file");
    }

    @Test
    void endsWithTwoWhereAPluginIsThereTwice() {
        assertThat(run("--grants", file("grants.yaml"), file("plugin.yaml"), file("plugin.yaml")))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("\"chat\" is there twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plugin.yaml",
                "--grants",
                "--grants grants.yaml",
                "--grants a --grants b c",
                "-x --grants a b"
            })
    void endsWithTwoAndTheUsageOtherwise(String arguments) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)))
                .isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(Report.USAGE + System.lineSeparator());
    }

    private AuthorityReport expected() {
        return AuthorityReport.of(
                List.of(Manifest.parse("plugin.yaml", MANIFEST)), GrantFile.parse("grants.yaml", GRANTS));
    }

    private int run(String... arguments) {
        return Report.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
