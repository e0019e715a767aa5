package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.TlsSettings;
import io.headgate.host.authority.TlsVersion;
import io.netty.handler.ssl.ClientAuth;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which the TLS of a dial goes wrong says which check failed, and for which name. */
final class TlsMatrixTest {

    private static final TlsSettings DEFAULTS = TlsSettings.defaults();

    @SuppressWarnings("NullAway.Init")
    private TlsDials dials;

    @BeforeEach
    void make() throws Exception {
        dials = new TlsDials();
    }

    @AfterEach
    void stop() {
        dials.close();
    }

    private static CertificateBuilder local() {
        return Certified.builder("localhost").addSanDnsName("localhost");
    }

    private String refused(X509Bundle peer) throws Exception {
        return refused(peer, DEFAULTS);
    }

    private String refused(X509Bundle peer, TlsSettings settings) throws Exception {
        return dials.refused(dials.server(Certified.server(peer)), "localhost", settings);
    }

    @Test
    @DisplayName("Expired, also where the certificate is itself an anchor")
    void expired() throws Exception {
        Instant end = Instant.now().minusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
        String message = "the certificate of localhost expired at " + end;
        X509Bundle own = local().setIsCertificateAuthority(true).notAfter(end).buildSelfSigned();

        assertThat(refused(local().notAfter(end).buildIssuedBy(dials.system()))).isEqualTo(message);
        assertThat(refused(own, DEFAULTS.withTrust(Set.of(own.getCertificate()))))
                .isEqualTo(message);
    }

    @Test
    void notYetValid() throws Exception {
        Instant begin = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);

        assertThat(refused(local().notBefore(begin).buildIssuedBy(dials.system())))
                .isEqualTo("the certificate of localhost is not valid before " + begin);
    }

    @Test
    @DisplayName("Of an intermediate that has expired its end is told")
    void anIntermediateThatExpired() throws Exception {
        Instant end = Instant.now().minusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
        X509Bundle between = Certified.builder("between")
                .setIsCertificateAuthority(true)
                .notAfter(end)
                .buildIssuedBy(dials.system());

        assertThat(refused(local().buildIssuedBy(between)))
                .isEqualTo("the certificates of localhost do not hold (one behind it expired at " + end + ")");
    }

    @Test
    void anotherHost() throws Exception {
        assertThat(refused(Certified.builder("localhost")
                        .addSanDnsName("a.example")
                        .addSanDnsName("b.example")
                        .addSanDnsName("c.example")
                        .addSanDnsName("d.example")
                        .buildIssuedBy(dials.system())))
                .isEqualTo("the certificate of localhost is not for that name, but for a.example, b.example, c.example"
                        + " and 1 more");
    }

    @Test
    @DisplayName("No SAN, or none of that kind: the common name is never looked at")
    void noName() throws Exception {
        String message = "the certificate of localhost has no DNS name among its subject alternative names; its common"
                + " name is not looked at";

        assertThat(refused(Certified.builder("localhost").buildIssuedBy(dials.system())))
                .isEqualTo(message);
        assertThat(refused(Certified.builder("localhost")
                        .addSanIpAddress("127.0.0.1")
                        .buildIssuedBy(dials.system())))
                .isEqualTo(message);
    }

    @Test
    void selfSigned() throws Exception {
        assertThat(refused(local().setIsCertificateAuthority(true).buildSelfSigned()))
                .isEqualTo("the certificate of localhost is self-signed, and not trusted itself");
    }

    @Test
    void anIntermediateThatIsNotSent() throws Exception {
        X509Bundle between =
                Certified.builder("between").setIsCertificateAuthority(true).buildIssuedBy(dials.system());
        X509Bundle whole = local().buildIssuedBy(between);
        X509Bundle alone = X509Bundle.fromCertificatePath(
                new X509Certificate[] {whole.getCertificate()}, dials.system().getCertificate(), whole.getKeyPair());

        dials.accepted(dials.server(Certified.server(whole)), "localhost", DEFAULTS);
        assertThat(refused(alone))
                .isEqualTo("the certificate of localhost leads to no trusted one: its issuer CN=between is neither"
                        + " trusted nor sent along");
    }

    @Test
    @DisplayName("What a peer's certificate says is cut and escaped")
    void aHostileCertificate() throws Exception {
        X509Bundle hostile = Certified.root("\u202e{what}" + "x".repeat(300));

        assertThat(refused(local().buildIssuedBy(hostile)))
                .startsWith("the certificate of localhost leads to no trusted one: its issuer CN=\\u202e{what}xxxx")
                .endsWith("x… is neither trusted nor sent along");
    }

    @Test
    @DisplayName("TLS 1.0 only, said in an alert or in a ServerHello; and TLS 1.2 only where 1.3 is the least")
    void anOldVersion() throws Exception {
        byte[] alert = HexFormat.of().parseHex("15030100020246");
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.writeBytes(HexFormat.of().parseHex("160301002a020000260301"));
        hello.writeBytes(new byte[32]);
        hello.writeBytes(HexFormat.of().parseHex("00c01300"));
        for (byte[] answer : new byte[][] {alert, hello.toByteArray()}) {
            try (ScriptedTls peer = new ScriptedTls(answer)) {
                assertThat(dials.refused(dials.dial(peer.target(), DEFAULTS)))
                        .isEqualTo("localhost speaks no version of TLS that is let through, 1.2 or later");
            }
        }
        NettyServer old = dials.server(Certified.serverBuilder(local().buildIssuedBy(dials.system()))
                .protocols("TLSv1.2")
                .build());
        assertThat(dials.refused(old, "localhost", DEFAULTS.withMinVersion(TlsVersion.TLS_1_3)))
                .isEqualTo("localhost speaks no version of TLS that is let through, 1.3 or later");
    }

    @ParameterizedTest
    @DisplayName(
            "mTLS without a certificate; with TLS 1.3 it is refused when the host believes that TLS is established")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void noClientCertificate(String version) throws Exception {
        X509Bundle clients = Certified.root("clients");
        NettyServer server = dials.server(Certified.serverBuilder(local().buildIssuedBy(dials.system()))
                .protocols(version)
                .clientAuth(ClientAuth.REQUIRE)
                .trustManager(new X509Certificate[] {clients.getCertificate()})
                .build());

        assertThat(dials.refused(server, "localhost", DEFAULTS))
                .isEqualTo("localhost asks for a client certificate, and the grant has none for it");
    }

    @Test
    void aClientCertificateOfSomebodyElse() throws Exception {
        X509Bundle clients = Certified.root("clients");
        X509Bundle other = Certified.builder("x").buildIssuedBy(Certified.root("others"));
        NettyServer server = dials.server(Certified.serverBuilder(local().buildIssuedBy(dials.system()))
                .protocols("TLSv1.2")
                .clientAuth(ClientAuth.REQUIRE)
                .trustManager(new X509Certificate[] {clients.getCertificate()})
                .build());

        assertThat(dials.refused(server, "localhost", DEFAULTS.withIdentity(Certified.client(other))))
                .matches("localhost refused the grant's client certificate \\([a-z_]+\\)");
    }

    @Test
    void plainHttpOnThePort() throws Exception {
        byte[] answer = "HTTP/1.1 400 secret\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (ScriptedTls peer = new ScriptedTls(answer)) {
            assertThat(dials.refused(dials.dial(peer.target(), DEFAULTS)))
                    .isEqualTo("localhost does not speak TLS on that port");
        }
    }

    @Test
    void anAlertThatStandsForNothingElse() throws Exception {
        try (ScriptedTls peer = new ScriptedTls(HexFormat.of().parseHex("15030300020250"))) {
            assertThat(dials.refused(dials.dial(peer.target(), DEFAULTS)))
                    .isEqualTo("localhost refused the handshake (internal_error)");
        }
    }
}
