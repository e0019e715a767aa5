package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.TlsSettings;
import io.headgate.host.authority.TlsVersion;
import io.netty.handler.ssl.ClientAuth;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code wss}: whom the driver trusts. */
final class TlsTest {

    private static final TlsSettings DEFAULTS = TlsSettings.defaults();

    @SuppressWarnings("NullAway.Init")
    private TlsDials dials;

    @SuppressWarnings("NullAway.Init")
    private X509Bundle extra;

    @BeforeEach
    void make() throws Exception {
        dials = new TlsDials();
        extra = Certified.root("extra root");
    }

    @AfterEach
    void stop() {
        dials.close();
    }

    private static TlsSettings trusting(X509Bundle anchor) {
        return DEFAULTS.withTrust(Set.of(anchor.getCertificate()));
    }

    private NettyServer local(X509Bundle issuer) throws Exception {
        return dials.server(Certified.server(
                Certified.builder("whatever").addSanDnsName("localhost").buildIssuedBy(issuer)));
    }

    @Test
    void aPeerOfTheSystemsTrustIsDialled() throws Exception {
        dials.accepted(local(dials.system()), "localhost", DEFAULTS);
    }

    @Test
    @DisplayName("An extra anchor is trusted, for the dial that it is granted for only, and the system's as well")
    void anExtraAnchor() throws Exception {
        dials.accepted(local(extra), "localhost", trusting(extra));
        dials.accepted(local(dials.system()), "localhost", trusting(extra));
        assertThat(dials.refused(local(extra), "localhost", DEFAULTS))
                .isEqualTo("the certificate of localhost leads to no trusted one: its issuer CN=extra root is neither"
                        + " trusted nor sent along");
    }

    @Test
    @DisplayName("The name is verified whichever anchor the certificate leads to")
    void theName() throws Exception {
        for (X509Bundle anchor : new X509Bundle[] {dials.system(), extra}) {
            NettyServer other = dials.server(Certified.server(Certified.builder("localhost")
                    .addSanDnsName("other.example")
                    .buildIssuedBy(anchor)));

            assertThat(dials.refused(other, "localhost", trusting(extra)))
                    .isEqualTo("the certificate of localhost is not for that name, but for other.example");
        }
    }

    @Test
    void aPeersOwnCertificateMayBeTheAnchorAndIsHeldToItsName() throws Exception {
        X509Bundle own = selfSigned("x", "localhost");
        X509Bundle other = selfSigned("localhost", "b.example");

        dials.accepted(dials.server(Certified.server(own)), "localhost", trusting(own));
        assertThat(dials.refused(dials.server(Certified.server(other)), "localhost", trusting(other)))
                .isEqualTo("the certificate of localhost is not for that name, but for b.example");
    }

    private static X509Bundle selfSigned(String subject, String name) throws Exception {
        return Certified.builder(subject)
                .addSanDnsName(name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    @Test
    void aWildcardIsForOneLabel() throws Exception {
        X509Bundle wild =
                Certified.named(Certified.builder("x"), "*.example.com").buildIssuedBy(dials.system());
        NettyServer server = dials.server(Certified.server(wild));
        dials.naming("a.example.com").naming("a.b.example.com").naming("example.com");

        dials.accepted(server, "a.example.com", DEFAULTS);
        assertThat(dials.refused(server, "a.b.example.com", DEFAULTS))
                .isEqualTo("the certificate of a.b.example.com is not for that name, but for *.example.com");
        assertThat(dials.refused(server, "example.com", DEFAULTS))
                .isEqualTo("the certificate of example.com is not for that name, but for *.example.com");
    }

    @Test
    void anAddressIsLookedForAmongAddresses() throws Exception {
        NettyServer address = dials.server(Certified.server(
                Certified.builder("x").addSanIpAddress("127.0.0.1").buildIssuedBy(dials.system())));
        NettyServer name = dials.server(Certified.server(Certified.builder("127.0.0.1")
                .addSanDnsName("127.0.0.1")
                .addSanDnsName("localhost")
                .buildIssuedBy(dials.system())));
        NettyServer other = dials.server(Certified.server(
                Certified.builder("127.0.0.1").addSanIpAddress("127.0.0.2").buildIssuedBy(dials.system())));

        dials.accepted(address, "127.0.0.1", DEFAULTS);
        assertThat(dials.refused(name, "127.0.0.1", DEFAULTS))
                .isEqualTo("the certificate of 127.0.0.1 has no IP address among its subject alternative names; its"
                        + " common name is not looked at");
        assertThat(dials.refused(other, "127.0.0.1", DEFAULTS))
                .isEqualTo("the certificate of 127.0.0.1 is not for that name, but for 127.0.0.2");
    }

    @Test
    void anAddressOfIpv6Likewise() throws Exception {
        InetAddress loopback = NetUtil.LOCALHOST6;
        try (ServerSocket tried = new ServerSocket(0, 1, loopback)) {
            assertThat(tried.isBound()).isTrue();
        } catch (IOException none) {
            Assumptions.abort("no IPv6 here: " + none.getMessage());
        }
        NettyServer right = dials.server(
                Certified.server(Certified.builder("x").addSanIpAddress("::1").buildIssuedBy(dials.system())),
                loopback);
        NettyServer wrong = dials.server(
                Certified.server(Certified.builder("x").addSanIpAddress("::2").buildIssuedBy(dials.system())),
                loopback);

        dials.accepted(right, "[::1]", DEFAULTS);
        assertThat(dials.refused(wrong, "[::1]", DEFAULTS)).startsWith("the certificate of ::1 is not for that name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientCertificateIsShownWhereItIsAskedFor(String version) throws Exception {
        X509Bundle clients = Certified.root("clients");
        X509Bundle client =
                Certified.builder("the host").addExtendedKeyUsageClientAuth().buildIssuedBy(clients);
        X509Bundle peer = Certified.builder("x").addSanDnsName("localhost").buildIssuedBy(dials.system());
        NettyServer server = dials.server(Certified.serverBuilder(peer)
                .protocols(version)
                .clientAuth(ClientAuth.REQUIRE)
                .trustManager(new X509Certificate[] {clients.getCertificate()})
                .build());

        dials.accepted(server, "localhost", DEFAULTS.withIdentity(Certified.client(client)));
    }

    @Test
    void theLeastVersionIsEnough() throws Exception {
        X509Bundle peer = Certified.builder("x").addSanDnsName("localhost").buildIssuedBy(dials.system());
        NettyServer old =
                dials.server(Certified.serverBuilder(peer).protocols("TLSv1.2").build());
        NettyServer young =
                dials.server(Certified.serverBuilder(peer).protocols("TLSv1.3").build());

        dials.accepted(old, "localhost", DEFAULTS);
        dials.accepted(young, "localhost", DEFAULTS);
        dials.accepted(young, "localhost", DEFAULTS.withMinVersion(TlsVersion.TLS_1_3));
    }
}
