package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report says of plugins whose jar is at hand: R8. */
final class AuthorityReportJarTest {

    private static final JarDigest JAR = JarDigest.of("this jar".getBytes(StandardCharsets.US_ASCII));
    private static final JarDigest OTHER = JarDigest.of("another".getBytes(StandardCharsets.US_ASCII));
    private static final Manifest CHAT = Manifest.parse("plugin.yaml", """
            version: 1
            id: chat
            release: 1.0.0
            services:
              - name: s
                class: chat.S
                connections:
                  - {name: c, target: "wss://chat.example.com/", access: [subscribe]}
            """);
    private static final Manifest QUIET = Manifest.parse("plugin.yaml", """
            version: 1
            id: quiet
            release: 1.0.0
            services:
              - {name: s, class: quiet.S}
            """);
    private static final String ENTRY =
            "    websocket:\n      - {target: \"wss://chat.example.com/\", access: [subscribe]}\n";

    private Path grants;

    @BeforeEach
    void folder(@TempDir Path folder) {
        grants = folder.resolve("grants.yaml");
    }

    private AuthorityReport report(Manifest manifest, String yaml) throws IOException {
        Files.writeString(grants, "version: 1\ngrants:\n" + yaml);
        return AuthorityReport.read(List.of(PluginRequest.of(manifest, JAR)), grants);
    }

    private static String granted(String plugin, JarDigest jar, String entry) {
        return "  - plugin: " + plugin + "\n    digest: " + jar + "\n" + entry;
    }

    @Test
    void theJarThatIsGrantedIsNoDifference() throws IOException {
        assertThat(report(CHAT, granted("chat", JAR, ENTRY)).agrees()).isTrue();
    }

    @Test
    void anotherJarGetsNothingAndTheReportSaysWhatToWrite() throws IOException {
        AuthorityReport report = report(CHAT, granted("chat", OTHER, ENTRY));

        assertThat(report.agrees()).isFalse();
        assertThat(report.toText())
                .contains("NOTHING")
                .contains("digest-not-granted")
                .contains("as the digest in the grant")
                .doesNotContain("in the place of the entry")
                .contains("digest: " + JAR);
        assertThat(report.toJson()).contains("\"set-digest\"");
    }

    @Test
    void aJarOfAPluginThatIsNotGrantedIsInTheGrantThatIsProposed() throws IOException {
        AuthorityReport report = report(CHAT, granted("other", OTHER, ENTRY));

        assertThat(report.toText()).contains("as one more grant").contains("digest: " + JAR);
    }

    @Test
    @DisplayName("a jar that asks for no connection may not run either, unless it is granted")
    void aQuietJar() throws IOException {
        assertThat(report(QUIET, granted("quiet", JAR, "")).agrees()).isTrue();

        AuthorityReport refused = report(QUIET, granted("quiet", OTHER, ""));
        assertThat(refused.agrees()).isFalse();
        assertThat(refused.toText()).contains("digest-not-granted");
        assertThat(report(QUIET, granted("other", JAR, "")).toText())
                .contains("plugin-not-granted")
                .contains("digest: " + JAR);
    }

    @Test
    void secretsAreNotAskedFor() throws IOException {
        String secret = ENTRY.replace("]}", "], headers: {Authorization: \"${env:NOT_SET_ANYWHERE}\"}}");

        assertThat(report(CHAT, granted("chat", JAR, secret)).agrees()).isTrue();
    }

    @Test
    void aFileThatCannotBeReadIsTold() {
        assertThatThrownBy(() -> AuthorityReport.read(List.of(), grants))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("grants.yaml");
    }
}
