package io.headgate.host.ws;

import io.headgate.host.authority.ClientIdentity;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Certificates that are made for a test, and what a server needs of them. */
final class Certified {

    private static final Instant NOW = Instant.now();

    private Certified() {}

    static CertificateBuilder builder(String subject) {
        return new CertificateBuilder()
                .subject("CN=" + subject)
                .notBefore(NOW.minus(Duration.ofDays(2)))
                .notAfter(NOW.plus(Duration.ofDays(2)));
    }

    static X509Bundle root(String name) throws Exception {
        return builder(name).setIsCertificateAuthority(true).buildSelfSigned();
    }

    /** The builder takes no wildcard: this is the extension in DER, for a name of at most 100 characters. */
    static CertificateBuilder named(CertificateBuilder builder, String dnsName) {
        byte[] name = dnsName.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream extension = new ByteArrayOutputStream();
        extension.writeBytes(new byte[] {0x30, (byte) (name.length + 2), (byte) 0x82, (byte) name.length});
        extension.writeBytes(name);
        return builder.addExtensionOctetString("2.5.29.17", false, extension.toByteArray());
    }

    static SslContext server(X509Bundle identity) throws Exception {
        return serverBuilder(identity).build();
    }

    static SslContextBuilder serverBuilder(X509Bundle identity) {
        return SslContextBuilder.forServer(identity.getKeyPair().getPrivate(), identity.getCertificatePath());
    }

    static ClientIdentity client(X509Bundle identity) {
        return new ClientIdentity(
                List.of(identity.getCertificatePath()), identity.getKeyPair().getPrivate());
    }
}
