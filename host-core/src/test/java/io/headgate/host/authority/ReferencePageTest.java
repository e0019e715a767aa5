package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The examples of docs/reference/manifest-and-grants.md are files that the readers accept. */
final class ReferencePageTest {

    private String page = "";

    @BeforeEach
    void readThePage() throws IOException {
        Path module = Path.of(System.getProperty("basedir", "."));
        page = Files.readString(module.resolve("../docs/reference/manifest-and-grants.md"));
    }

    @Test
    void itsExamplesFitTogether() {
        Manifest manifest = Manifest.parse("plugin.yaml", example("manifest"));
        GrantFile grants = GrantFile.parse("grants.yaml", example("grants"));
        ServiceDeclaration bridge = manifest.service("bridge").orElseThrow();
        Authority authority =
                Authority.of(manifest, bridge, grants.grantFor(manifest).orElseThrow(), 1);
        Target gateway = authority.declaredTarget("gateway").orElseThrow();
        Target resume = Target.parse("wss://eu.gateway.example.com/v1/resume");

        assertThat(gateway.query()).isEqualTo("encoding=json");
        assertThat(authority.subscribe("gateway", gateway)).isEqualTo(Verdict.ALLOWED);
        assertThat(authority.send("gateway", gateway)).isEqualTo(Verdict.ALLOWED);
        assertThat(authority.terms("gateway", gateway, Access.SUBSCRIBE).subprotocols())
                .containsExactly("chat.v2");
        assertThat(authority.subscribe("resume", resume)).isEqualTo(Verdict.ALLOWED);
        assertThat(authority.send("resume", resume)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void itsSendBudgetsAreThoseItSpeaksOf() {
        Grant grant = GrantFile.parse("grants.yaml", example("grants")).grants().get(0);
        assertThat(grant.websocket().get(0).sendBudget()).contains(SendBudget.parse("120/60s"));

        String discord =
                "version: 1\ngrants:\n  - plugin: p\n" + example("budget").indent(4);
        WebSocketGrant entry = GrantFile.parse("grants.yaml", discord)
                .grants()
                .get(0)
                .websocket()
                .get(0);
        assertThat(entry.sendBudget()).contains(SendBudget.parse("110/60s"));
        assertThat(page)
                .contains("1 to " + SendBudget.MAX_TEXTS + " texts, in " + DurationText.format(SendBudget.SHORTEST)
                        + " to " + DurationText.format(SendBudget.LONGEST));
    }

    @Test
    void itsReconnectIsTheOneItSpeaksOf() {
        Grant grant = GrantFile.parse(
                        "grants.yaml",
                        "version: 1\ngrants:\n  - plugin: p\n"
                                + example("reconnect").indent(4))
                .grants()
                .get(0);

        assertThat(grant.reconnect())
                .isEqualTo(ReconnectSettings.defaults()
                        .withWait(Duration.ofSeconds(1), Duration.ofMinutes(5))
                        .withPermanent(List.of(401, 403, 404, 410), List.of(4004, 4010, 4011, 4012, 4013, 4014)));
    }

    @Test
    void theLimitsOfItsExampleAreTheDefaultsItStates() {
        Grant grant = GrantFile.parse("grants.yaml", example("grants")).grants().get(0);

        assertThat(grant.limits()).isEqualTo(Limits.defaults());
        assertThat(grant.reconnect()).isEqualTo(ReconnectSettings.defaults());
        assertThat(grant.restart()).isEqualTo(RestartSettings.defaults());
        assertThat(grant.settings()).containsExactly(Map.entry("room", "lobby"));
    }

    @Test
    void itsTargetsAreSpelledAsItSays() {
        List<MatchResult> examples = Pattern.compile("`(wss?:[^`]+)` is `([^`]+)`", Pattern.CASE_INSENSITIVE)
                .matcher(page)
                .results()
                .toList();

        assertThat(examples)
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(written ->
                        assertThat(Target.parse(written.group(1)).toUri()).hasToString(written.group(2)));
    }

    @Test
    void itsEntryForAnyHostIsOne() {
        String file = "version: 1\ngrants:\n  - plugin: chat\n    websocket:\n" + example("any-host");

        assertThat(GrantFile.parse("grants.yaml", file).grants())
                .containsExactly(Grant.of("chat", WebSocketGrant.ofAnyHost("wss://*/gateway/**", Access.SUBSCRIBE)));
    }

    @Test
    void itsEntryForAnyQueryIsOne() {
        String file = "version: 1\ngrants:\n  - plugin: chat\n    websocket:\n" + example("any-query");

        assertThat(GrantFile.parse("grants.yaml", file).grants())
                .containsExactly(Grant.of(
                        "chat",
                        WebSocketGrant.of("wss://*.socket.example/link/", Access.SUBSCRIBE, Access.SEND)
                                .withQuery(QueryPolicy.ANY)));
    }

    @Test
    void itsSecretsAreReadAsItSays() {
        GrantFile unread = GrantFile.parse("grants.yaml", example("headers"), new UnreadReferences());
        WebSocketGrant entry = unread.grants().get(0).websocket().get(0);

        assertThat(entry.headers().keySet()).containsExactly("Authorization", "X-Api-Key");
        assertThat(entry.headers().values())
                .extracting(value -> value.reference().orElseThrow())
                .containsExactly("Bearer ${env:CHAT_TOKEN}", "${file:/run/secrets/chat-key}");
        assertThat(unread.grants().get(0).settings())
                .containsExactly(Map.entry("room", "lobby"), Map.entry("bot-token", "unread"));
        assertThat(page)
                .contains("at most " + (ReferringText.MAX_FILE_BYTES >> 10) + " KiB of UTF-8")
                .contains("1 to " + Headers.MAX + ", names HTTP tokens")
                .contains("texts 1 to " + HeaderValue.MAX_LENGTH + " printable characters of ASCII");
        Headers.hostsOwn().forEach(name -> assertThat(page).containsIgnoringCase("`" + name + "`"));
    }

    @Test
    void itsAddressesAreReadAsItSays() {
        assertThat(GrantFile.parse("grants.yaml", example("grants-addresses"))
                        .grants()
                        .get(0)
                        .websocket())
                .extracting(WebSocketGrant::addresses)
                .containsExactly(
                        AddressPolicy.PUBLIC,
                        AddressPolicy.LOOPBACK,
                        AddressPolicy.of("10.1.0.0/16", "fd12:3456:789a::/48"));
    }

    @Test
    void itsTlsIsReadAsItSays() {
        X509Bundle root = PemTexts.root("corp root");
        X509Bundle client = PemTexts.leaf("host", CertificateBuilder.Algorithm.ecp256, root);
        PemTexts files = new PemTexts()
                .with("/etc/headgate/corp-root.pem", root.getCertificatePEM())
                .with("/etc/headgate/host.pem", client.getCertificatePEM())
                .with("/etc/headgate/host.key", PemTexts.key(client.getKeyPair().getPrivate()));
        TlsSettings tls = GrantFile.parse("grants.yaml", example("grants-tls"), files)
                .grants()
                .get(0)
                .websocket()
                .get(0)
                .tls();

        assertThat(tls.trust()).containsExactly(root.getCertificate());
        assertThat(tls.identity()).contains(PemTexts.identity(client));
        assertThat(tls.minVersion()).isEqualTo(TlsVersion.TLS_1_3);
        assertThat(page)
                .contains("at most " + TlsReader.MAX_TRUST_FILES + ", with at most " + TlsSettings.MAX_TRUST
                        + " certificates in all")
                .contains("both or neither; at most " + ClientIdentity.MAX_CHAIN + " certificates")
                .contains("at most " + DataSize.format(PemFiles.MAX_BYTES).replace("MiB", " MiB"));
    }

    private String example(String name) {
        Matcher block = Pattern.compile("```yaml " + name + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
