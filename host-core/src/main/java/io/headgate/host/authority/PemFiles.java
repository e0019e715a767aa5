package io.headgate.host.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads certificates and keys that a grant file refers to. Each method throws an {@link IllegalArgumentException} whose message
 * says what is wrong with the file, and shows nothing of what it holds.
 */
record PemFiles(References references) {

    static final int MAX_BYTES = 1 << 20;

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";
    private static final String CONVERT = ": write it anew with `openssl pkcs8 -topk8 -nocrypt`";

    /** One or more. */
    List<X509Certificate> certificates(Path file) {
        List<PemBlock> blocks = blocks(file);
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException("it has no -----BEGIN CERTIFICATE-----");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            certificates.add(certificate(block, certificates.size() + 1));
        }
        return certificates;
    }

    /** Of the kind that the certificate has. */
    PrivateKey key(Path file, X509Certificate certificate) {
        List<PemBlock> blocks = blocks(file);
        if (blocks.size() != 1) {
            throw new IllegalArgumentException("it must have one -----BEGIN PRIVATE KEY----- and no other block, has "
                    + blocks.size() + " blocks");
        }
        PemBlock block = blocks.get(0);
        switch (block.label()) {
            case KEY -> {}
            case "ENCRYPTED PRIVATE KEY" -> throw new IllegalArgumentException("its key is encrypted" + CONVERT);
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                throw new IllegalArgumentException("its key is not PKCS#8" + CONVERT);
            default -> throw new IllegalArgumentException("it has a block of another kind than PRIVATE KEY");
        }
        try {
            return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(block.content()));
        } catch (GeneralSecurityException mayShowIt) {
            throw new IllegalArgumentException("its key is malformed, or of another kind than the certificate's");
        }
    }

    private List<PemBlock> blocks(Path file) {
        try {
            return PemBlock.all(references.file(file, MAX_BYTES));
        } catch (IOException e) {
            throw new IllegalArgumentException("it cannot be read: " + e.getMessage(), e);
        }
    }

    private static X509Certificate certificate(PemBlock block, int number) {
        if (!block.label().equals(CERTIFICATE)) {
            throw new IllegalArgumentException("block " + number + " is "
                    + (block.label().endsWith(KEY) ? "a private key, which must not be here" : "no certificate"));
        }
        try {
            ByteArrayInputStream content = new ByteArrayInputStream(block.content());
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(content);
            if (content.available() > 0) {
                throw new IllegalArgumentException("certificate " + number + " has something behind it");
            }
            return certificate;
        } catch (CertificateException mayShowIt) {
            throw new IllegalArgumentException("certificate " + number + " is malformed");
        }
    }
}
