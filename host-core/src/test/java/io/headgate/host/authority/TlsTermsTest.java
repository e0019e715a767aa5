package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** R2: on which TLS a target may be dialled. */
final class TlsTermsTest {

    private static final X509Bundle ONE = PemTexts.root("one");
    private static final X509Bundle TWO = PemTexts.root("two");
    private static final TlsSettings DEFAULTS = TlsSettings.defaults();
    private static final ClientIdentity CLIENT = PemTexts.identity(PemTexts.leaf("client", Algorithm.ecp256, ONE));
    private static final Target TARGET = Target.parse("wss://h/v1");

    private static TlsSettings trusting(X509Bundle... anchors) {
        return DEFAULTS.withTrust(Set.copyOf(
                List.of(anchors).stream().map(X509Bundle::getCertificate).toList()));
    }

    private static WebSocketGrant entry(String target, Access access, TlsSettings tls) {
        return WebSocketGrant.of(target, access).withTls(tls);
    }

    private static TlsSettings terms(Access access, WebSocketGrant... entries) {
        ServiceDeclaration service = new ServiceDeclaration(
                "s", "C", List.of(ConnectionDeclaration.of("c", "wss://h/v1", Set.of(Access.values()), List.of())));
        Manifest manifest = new Manifest("p", "1", List.of(service));
        return Authority.of(manifest, service, Grant.of("p", entries), 1)
                .terms("c", TARGET, access)
                .tls();
    }

    @Test
    @DisplayName("Anchors add up, the higher version holds, and one client certificate")
    void entries_add_up() {
        WebSocketGrant[] entries = {
            entry("wss://h/v1", Access.SUBSCRIBE, trusting(ONE).withMinVersion(TlsVersion.TLS_1_3)),
            entry("wss://h/**", Access.SUBSCRIBE, trusting(TWO).withIdentity(CLIENT)),
            entry("wss://h/v1", Access.EXCHANGE, trusting(PemTexts.root("three"))),
            entry("wss://h/v2", Access.SUBSCRIBE, trusting(PemTexts.root("four")))
        };

        assertThat(terms(Access.SUBSCRIBE, entries))
                .isEqualTo(trusting(ONE, TWO).withIdentity(CLIENT).withMinVersion(TlsVersion.TLS_1_3));
        assertThat(terms(Access.SUBSCRIBE, entries[1], entries[0])).isEqualTo(terms(Access.SUBSCRIBE, entries));
        assertThat(terms(Access.SEND, entries)).isEqualTo(DEFAULTS);
    }

    @Test
    @DisplayName("Two client certificates for one target are refused, however long the patterns are that meet there")
    void oneClientCertificate() {
        String path = "x".repeat(2_000);
        WebSocketGrant wide =
                entry("wss://*.example.com/" + path + "/**", Access.SUBSCRIBE, DEFAULTS.withIdentity(CLIENT));
        WebSocketGrant narrow = entry(
                "wss://" + "a".repeat(40) + ".example.com/**",
                Access.SUBSCRIBE,
                DEFAULTS.withIdentity(PemTexts.identity(PemTexts.leaf("another", Algorithm.ecp256, ONE))));

        assertThat(wide.target().intersection(narrow.target())).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.of("p", wide, narrow))
                .withMessageContaining("have different client certificates");
    }

    @Test
    @DisplayName("A session goes on while all that its peer may have been trusted for is still there")
    void what_still_holds() {
        TlsSettings dialled = trusting(ONE).withIdentity(CLIENT);

        assertThat(holds(dialled, dialled)).isTrue();
        assertThat(holds(dialled, trusting(ONE, TWO).withIdentity(CLIENT))).isTrue();
        assertThat(holds(dialled, trusting(TWO).withIdentity(CLIENT))).isFalse();
        assertThat(holds(dialled, DEFAULTS.withIdentity(CLIENT))).isFalse();
        assertThat(holds(dialled, trusting(ONE))).isFalse();
        assertThat(holds(trusting(ONE), dialled)).isFalse();
        assertThat(holds(dialled, dialled.withMinVersion(TlsVersion.TLS_1_3))).isFalse();
        assertThat(holds(dialled.withMinVersion(TlsVersion.TLS_1_3), dialled)).isTrue();
        assertThat(DialTerms.of(AddressPolicy.PUBLIC)
                        .withTls(dialled)
                        .stillHold(DialTerms.of(AddressPolicy.PUBLIC), List.of()))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.rule()).isEqualTo(Rule.TLS_NOT_GRANTED));
    }

    private static boolean holds(TlsSettings dialled, TlsSettings now) {
        DialTerms terms = DialTerms.of(AddressPolicy.PUBLIC);
        return terms.withTls(dialled).stillHold(terms.withTls(now), List.of()) instanceof Verdict.Allowed;
    }

    @Test
    void the_report_tells_it() {
        ServiceDeclaration service = new ServiceDeclaration(
                "s", "C", List.of(ConnectionDeclaration.of("c", "wss://h/v1", Set.of(Access.SUBSCRIBE), List.of())));
        TlsSettings tls = trusting(ONE).withIdentity(CLIENT).withMinVersion(TlsVersion.TLS_1_3);
        AuthorityReport report = AuthorityReport.of(
                List.of(new Manifest("p", "1", List.of(service))),
                new GrantFile(List.of(Grant.of("p", entry("wss://h/v1", Access.SUBSCRIBE, tls)))));

        assertThat(report.toText().replaceAll("\\s+", " "))
                .contains("granted, with TLS: trusts \"CN=one\" too, client certificate \"CN=client\", at least 1.3")
                .contains("tls trusts \"CN=one\" too, client certificate \"CN=client\", at least 1.3")
                .doesNotContain("PRIVATE");
        assertThat(report.toJson()).contains("client certificate \\\"CN=client\\\"");
    }

    @Test
    @DisplayName("Files that are named otherwise and hold the same are the same terms")
    void names_of_files_do_not_count() {
        TlsSettings named = new TlsSettings(
                trusting(ONE).trust(), DEFAULTS.identity(), TlsVersion.TLS_1_2, new TlsFiles(List.of("/a"), "", ""));

        assertThat(terms(Access.SUBSCRIBE, entry("wss://h/v1", Access.SUBSCRIBE, named)))
                .isEqualTo(terms(Access.SUBSCRIBE, entry("wss://h/v1", Access.SUBSCRIBE, trusting(ONE))));
    }
}
