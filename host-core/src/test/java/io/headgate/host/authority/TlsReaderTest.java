package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R2: what a grant file says of TLS, and the files that it refers to. */
final class TlsReaderTest {

    private static final X509Bundle ROOT = PemTexts.root("corp root");
    private static final X509Bundle OTHER = PemTexts.root("other root");
    private static final X509Bundle CLIENT = PemTexts.leaf("client", Algorithm.ecp256, ROOT);
    private static final String ENTRY = "      - target: \"wss://h/\"\n        access: [subscribe]\n";
    private static final String KEY = PemTexts.key(CLIENT.getKeyPair().getPrivate());

    private final PemTexts files = known();

    static PemTexts known() {
        return new PemTexts()
                .with("/tls/ca.pem", "a comment\n" + ROOT.getCertificatePEM() + "\r\n" + OTHER.getCertificatePEM())
                .with("/tls/root.pem", ROOT.getCertificatePEM())
                .with("/tls/client.pem", CLIENT.getCertificatePEM())
                .with("/tls/client.key", KEY);
    }

    private TlsSettings read(String tls) {
        return files.grants(ENTRY + "        tls: " + tls + "\n")
                .grants()
                .get(0)
                .websocket()
                .get(0)
                .tls();
    }

    @Test
    void without_the_key_it_is_as_everywhere() {
        assertThat(files.grants(ENTRY).grants().get(0).websocket().get(0).tls()).isEqualTo(TlsSettings.defaults());
        assertThat(read("{}")).isEqualTo(TlsSettings.defaults());
        assertThat(read("{min-version: 1.2}")).isEqualTo(TlsSettings.defaults());
    }

    @Test
    void a_file_holds_one_or_more_anchors() {
        TlsSettings tls = read("{trust: [/tls/ca.pem, /tls/root.pem]}");

        assertThat(tls.trust()).containsExactlyInAnyOrder(ROOT.getCertificate(), OTHER.getCertificate());
        assertThat(tls.files().trust()).containsExactly("/tls/ca.pem", "/tls/root.pem");
        assertThat(tls).hasToString("TlsSettings[trusts \"CN=corp root\"; \"CN=other root\" too]");
    }

    @ParameterizedTest
    @DisplayName("YAML takes 1.3 for a number: it is one of two words here")
    @ValueSource(strings = {"1.3", "\"1.3\"", "'1.3'"})
    void a_version(String version) {
        assertThat(read("{min-version: " + version + "}").minVersion()).isEqualTo(TlsVersion.TLS_1_3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"ecp256", "rsa2048", "ed25519"})
    void a_client_certificate_with_its_key(Algorithm algorithm) {
        X509Bundle client = PemTexts.leaf("client", algorithm, ROOT);
        files.with("/tls/a.pem", client.getCertificatePEM())
                .with("/tls/a.key", PemTexts.key(client.getKeyPair().getPrivate()));

        TlsSettings tls = read("{certificate: /tls/a.pem, key: /tls/a.key}");

        assertThat(tls.identity()).contains(PemTexts.identity(client));
        assertThat(tls).hasToString("TlsSettings[client certificate \"CN=client\"]");
        assertThat(tls.identity().orElseThrow()).hasToString("ClientIdentity[CN=client]");
    }

    static Stream<Arguments> problems() {
        String no = "no file";
        String pem = ROOT.getCertificatePEM();
        return Stream.of(
                Arguments.of(
                        "{trust: [/no]}",
                        no,
                        "trust[0]",
                        "the file \"/no\" is of no use: it cannot be read: no such file"),
                Arguments.of("{trust: [/x]}", "", "trust[0]", "it has no -----BEGIN CERTIFICATE-----"),
                Arguments.of("{trust: [/x]}", "x".repeat((1 << 20) + 1), "trust[0]", "it has more than 1048576 bytes"),
                Arguments.of("{trust: [/x]}", KEY, "trust[0]", "block 1 is a private key, which must not be here"),
                Arguments.of(
                        "{trust: [/x]}",
                        pem + PemTexts.block("SECRET", new byte[3]),
                        "trust[0]",
                        "block 2 is no certificate"),
                Arguments.of(
                        "{trust: [/x]}",
                        pem + PemTexts.block("CERTIFICATE", new byte[9]),
                        "trust[0]",
                        "certificate 2 is malformed"),
                Arguments.of(
                        "{trust: [/x]}", pem.replace("-----END", "%\n-----END"), "trust[0]", "block 1 is no Base64"),
                Arguments.of(
                        "{trust: [/x]}", pem.substring(0, pem.indexOf("-----END")), "trust[0]", "block 1 has no end"),
                Arguments.of(
                        "{trust: [/x]}",
                        pem.replace("END CERT", "END KERT"),
                        "trust[0]",
                        "block 1 ends as another kind than it begins"),
                Arguments.of(
                        "{trust: [x.pem]}",
                        no,
                        "trust[0]",
                        "expected the absolute path of a file, of at most 4096 printable characters, found \"x.pem\""),
                Arguments.of("{trust: [\"/\\u202e\"]}", no, "trust[0]", "expected the absolute path of a file"),
                Arguments.of(
                        "{trust: [/tls/ca.pem, /tls/ca.pem]}", no, "trust[1]", "the same value is in the list twice"),
                Arguments.of("{trust: /tls/ca.pem}", no, "trust", "expected a list, found \"/tls/ca.pem\""),
                Arguments.of("{min-version: 1.1}", no, "min-version", "expected 1.2 or 1.3, found 1.1"),
                Arguments.of("{min-version: 1.30}", no, "min-version", "expected 1.2 or 1.3, found 1.30"),
                Arguments.of("{min-version: 1}", no, "min-version", "expected 1.2 or 1.3, found 1"),
                Arguments.of("{verify: false}", no, "verify", ""),
                Arguments.of(
                        "{certificate: /tls/client.pem}",
                        no,
                        "key",
                        "missing: expected the file with the private key of `certificate`"),
                Arguments.of(
                        "{key: /tls/client.key}",
                        no,
                        "certificate",
                        "missing: expected the file with the client certificate of `key`"),
                Arguments.of(
                        "{certificate: /tls/client.pem, key: /x}",
                        pem,
                        "key",
                        "it has a block of another kind than PRIVATE KEY"),
                Arguments.of(
                        "{certificate: /tls/client.pem, key: /x}",
                        KEY + KEY,
                        "key",
                        "it must have one -----BEGIN PRIVATE KEY----- and no other block, has 2 blocks"),
                Arguments.of(
                        "{certificate: /tls/client.pem, key: /x}",
                        KEY.replace("PRIVATE", "ENCRYPTED PRIVATE"),
                        "key",
                        "its key is encrypted: write it anew with `openssl pkcs8 -topk8 -nocrypt`"),
                Arguments.of(
                        "{certificate: /tls/client.pem, key: /x}",
                        KEY.replace("PRIVATE", "EC PRIVATE"),
                        "key",
                        "its key is not PKCS#8: write it anew with `openssl pkcs8 -topk8 -nocrypt`"),
                Arguments.of(
                        "{certificate: /tls/client.pem, key: /x}",
                        PemTexts.block("PRIVATE KEY", new byte[40]),
                        "key",
                        "its key is malformed, or of another kind than the certificate's"),
                Arguments.of(
                        "{certificate: /tls/client.pem, key: /x}",
                        PemTexts.key(ROOT.getKeyPair().getPrivate()),
                        "key",
                        "key must be that of the certificate, and is another one"),
                Arguments.of(
                        "{certificate: /x, key: /tls/client.key}",
                        CLIENT.getCertificatePEM() + OTHER.getCertificatePEM(),
                        "certificate",
                        "number 1 is not issued by number 2"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    @DisplayName("What is wrong is told with line, key and reason, and nothing of what a file holds")
    void problem(String tls, String file, String key, String message) {
        if (!file.equals("no file")) {
            files.with("/x", file);
        }
        assertThatThrownBy(() -> read(tls)).isInstanceOfSatisfying(ConfigurationException.class, e -> {
            assertThat(e.problems()).hasSize(1);
            assertThat(e.getMessage())
                    .startsWith("grants.yaml:7:")
                    .contains("grants[0].websocket[0].tls." + key + ": ")
                    .contains(message)
                    .doesNotContain(file.length() > 100 ? file.substring(40, 60) : "\u0000");
        });
    }

    @Test
    void a_ws_target_has_no_tls() {
        assertThatThrownBy(() -> files.grants(
                        "      - target: \"ws://h/\"\n        access: [subscribe]\n        tls: {min-version: 1.3}\n"))
                .hasMessageContaining(
                        "grants.yaml:7:14: grants[0].websocket[0].tls: expected a wss:// target, since the"
                                + " key has no effect on ws://");
        assertThatThrownBy(() -> WebSocketGrant.of("ws://h/", Access.SUBSCRIBE)
                        .withTls(TlsSettings.defaults().withMinVersion(TlsVersion.TLS_1_3)))
                .hasMessage("tls must be the default for a ws target, is TlsSettings[at least 1.3]");
    }

    @Test
    @DisplayName("Two client certificates for one target are none")
    void a_contradiction() {
        X509Bundle second = PemTexts.leaf("second", Algorithm.ecp256, ROOT);
        files.with("/tls/2.pem", second.getCertificatePEM())
                .with("/tls/2.key", PemTexts.key(second.getKeyPair().getPrivate()));
        String entries =
                "      - {target: \"wss://*.a.example/v1/**\", access: [%s], tls: {certificate: /tls/client.pem, key: /tls/client.key}}\n"
                        + "      - {target: \"wss://x.a.example/%s\", access: [subscribe, send], tls: {certificate: /tls/2.pem, key: /tls/2.key}}\n";

        assertThatThrownBy(() -> files.grants(entries.formatted("subscribe", "v1/b")))
                .hasMessageContaining("grants.yaml:6:9: grants[0].websocket[1].tls: the entries for"
                        + " wss://*.a.example:443/v1/** and wss://x.a.example:443/v1/b have different client certificates,"
                        + " and both cover a target that is dialled: only one can be presented");
        assertThat(files.grants(entries.formatted("subscribe", "v2/b")).grants())
                .hasSize(1);
        assertThat(files.grants(entries.formatted("send", "v1/b")).grants()).hasSize(1);
        List<WebSocketGrant> both = List.of(
                WebSocketGrant.of("wss://h/", Access.EXCHANGE)
                        .withTls(TlsSettings.defaults().withIdentity(PemTexts.identity(CLIENT))),
                WebSocketGrant.of("wss://h/", Access.EXCHANGE)
                        .withTls(TlsSettings.defaults().withIdentity(PemTexts.identity(second))));
        assertThatThrownBy(() -> Grant.of("p").withWebsocket(both))
                .hasMessageContaining("different client certificates");
    }

    @Test
    void what_the_report_writes_is_read_as_it_was() {
        String odd = "/tls/\u00fc \"a\\b\".pem";
        files.with(odd, ROOT.getCertificatePEM());
        Grant grant = files.grants(ENTRY
                        + "        tls: {trust: [/tls/ca.pem, \"/tls/\u00fc \\\"a\\\\b\\\".pem\"], certificate: /tls/client.pem, key: /tls/client.key, min-version: 1.3}\n"
                        + "      - {target: \"wss://g/\", access: [subscribe], tls: {min-version: \"1.3\"}}\n")
                .grants()
                .get(0);
        String written = GrantYaml.grant("p", grant.websocket());

        assertThat(GrantFile.parse("g.yaml", "version: 1\ngrants:\n" + written, files)
                        .grants())
                .containsExactly(grant);
    }

    @Test
    void the_files_of_this_machine_are_read(@TempDir Path directory) throws IOException {
        Path anchor = Files.writeString(directory.resolve("ca.pem"), ROOT.getCertificatePEM());
        String file =
                "version: 1\ngrants:\n  - plugin: p\n    websocket:\n" + ENTRY + "        tls: {trust: [\"%s\"]}\n";

        assertThat(GrantFile.parse("g.yaml", file.formatted(anchor))
                        .grants()
                        .get(0)
                        .websocket()
                        .get(0)
                        .tls()
                        .trust())
                .containsExactly(ROOT.getCertificate());
        assertThatThrownBy(() -> GrantFile.parse("g.yaml", file.formatted(directory)))
                .hasMessageContaining("it cannot be read: neither a file nor a link to one");
    }
}
