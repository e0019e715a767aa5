package io.headgate.host.ws;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes Java's own trust managers. One that is not an extended one would check no names: it is not taken. */
final class Trust {

    private Trust() {}

    /** Reads files. */
    static X509ExtendedTrustManager system() {
        return in(null);
    }

    static X509ExtendedTrustManager of(Set<X509Certificate> anchors) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate anchor : anchors) {
                store.setCertificateEntry(Integer.toString(number++), anchor);
            }
            return in(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the anchors of a grant cannot be used", e);
        }
    }

    private static X509ExtendedTrustManager in(@Nullable KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Java has no trust manager that checks names"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the system's trust cannot be read", e);
        }
    }
}
