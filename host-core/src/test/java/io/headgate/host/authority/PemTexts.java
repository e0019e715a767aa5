package io.headgate.host.authority;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Certificates and keys that are made for a test, as the files that a grant file refers to. */
final class PemTexts implements References {

    private final Map<String, byte[]> files = new HashMap<>();

    static X509Bundle root(String name) {
        try {
            return new CertificateBuilder()
                    .subject("CN=" + name)
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static X509Bundle leaf(String name, CertificateBuilder.Algorithm algorithm, X509Bundle issuer) {
        try {
            return new CertificateBuilder()
                    .subject("CN=" + name)
                    .algorithm(algorithm)
                    .buildIssuedBy(issuer);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static ClientIdentity identity(X509Bundle bundle) {
        return new ClientIdentity(
                List.of(bundle.getCertificatePath()), bundle.getKeyPair().getPrivate());
    }

    static String key(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    static String block(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }

    PemTexts with(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    PemTexts with(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    GrantFile grants(String entries) {
        return GrantFile.parse("grants.yaml", "version: 1\ngrants:\n  - plugin: p\n    websocket:\n" + entries, this);
    }

    @Override
    public boolean areReal() {
        return true;
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.empty();
    }

    @Override
    public byte[] file(Path file, int maxBytes) throws IOException {
        byte[] content = files.get(file.toString());
        if (content == null) {
            throw new IOException("no such file");
        }
        if (content.length > maxBytes) {
            throw new IOException("it has more than " + maxBytes + " bytes");
        }
        return content;
    }
}
