package io.headgate.host.authority;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * Who the host says it is, to a peer that asks for a client certificate. {@code toString} shows the certificate's subject, and
 * nothing of the key.
 *
 * @param chain the certificate, and those between it and a root, each issued by the next; 1 to 16
 * @param key its private key, of an RSA, EC or Ed25519 certificate
 */
public record ClientIdentity(List<X509Certificate> chain, PrivateKey key) {

    static final int MAX_CHAIN = 16;

    /** How a key of that kind is tried. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    /** Copies and checks the components. */
    public ClientIdentity {
        chain = checked(chain);
        PublicKey known = chain.get(0).getPublicKey();
        if (!fits(key, known)) {
            throw new IllegalArgumentException("key must be that of the certificate, and is another one");
        }
    }

    /**
     * The certificate.
     *
     * @return the first of the chain
     */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * A chain that this can be of.
     *
     * @throws IllegalArgumentException when it is none
     */
    static List<X509Certificate> checked(List<X509Certificate> chain) {
        Require.inRange("certificate", chain.size(), 1, MAX_CHAIN, "certificates");
        for (int i = 1; i < chain.size(); i++) {
            if (!isIssued(chain.get(i - 1), chain.get(i))) {
                throw new IllegalArgumentException("each certificate must be issued by the next one, number " + i
                        + " is not issued by number " + (i + 1));
            }
        }
        if (!SIGNATURES.containsKey(chain.get(0).getPublicKey().getAlgorithm())) {
            throw new IllegalArgumentException("certificate must have an RSA, EC or Ed25519 key, has another");
        }
        return List.copyOf(chain);
    }

    private static boolean isIssued(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException isNot) {
            return false;
        }
    }

    private static boolean fits(PrivateKey key, PublicKey known) {
        try {
            Signature signature = Signature.getInstance(String.valueOf(SIGNATURES.get(known.getAlgorithm())));
            byte[] tried = known.getEncoded();
            signature.initSign(key);
            signature.update(tried);
            byte[] signed = signature.sign();
            signature.initVerify(known);
            signature.update(tried);
            return signature.verify(signed);
        } catch (GeneralSecurityException isAnother) {
            return false;
        }
    }

    /** The same certificates, with the same key. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ClientIdentity that
                && chain.equals(that.chain)
                && (key.equals(that.key)
                        || (key.getEncoded() != null
                                && MessageDigest.isEqual(key.getEncoded(), that.key.getEncoded())));
    }

    @Override
    public int hashCode() {
        return chain.hashCode();
    }

    @Override
    public String toString() {
        return "ClientIdentity["
                + Shown.escaped(certificate().getSubjectX500Principal().getName()) + "]";
    }
}
