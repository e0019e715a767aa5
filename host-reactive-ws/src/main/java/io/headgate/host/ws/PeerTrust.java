package io.headgate.host.ws;

import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Judges the certificate of one dial's peer: the system's trust or the grant's anchors let it pass, each with the host's name
 * verified by Java; and what Java would let through, it does not. It tells which check failed before it throws.
 */
final class PeerTrust extends X509ExtendedTrustManager {

    private static final String HTTPS = "HTTPS";

    /** What Java says where nothing is wrong but that nobody trusts it. */
    private static final Set<String> LEADS_NOWHERE = Set.of("", "unspecified", "no_trust_anchor");

    private final String host;
    private final List<X509ExtendedTrustManager> any;
    private final BiConsumer<TlsCheck, String> failed;

    /**
     * @param host the target's
     * @param any one of these has to let the peer pass
     * @param failed told the check, and what it found
     */
    PeerTrust(String host, List<X509ExtendedTrustManager> any, BiConsumer<TlsCheck, String> failed) {
        this.host = host;
        this.any = any;
        this.failed = failed;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (!HTTPS.equalsIgnoreCase(engine.getSSLParameters().getEndpointIdentificationAlgorithm())) {
            throw refusal(TlsCheck.CHAIN, "nobody was to verify the name");
        }
        checkItself(chain[0]);
        List<String> reasons = new ArrayList<>();
        for (X509ExtendedTrustManager one : any) {
            try {
                one.checkServerTrusted(chain, authType, engine);
                return;
            } catch (CertificateException e) {
                if (isTrusted(one, chain, authType)) {
                    throw named(chain[0], e);
                }
                reasons.add(reason(e));
            }
        }
        throw untrusted(chain, reasons);
    }

    /** What Java does not look at where a certificate is itself an anchor, and where it takes the common name. */
    private void checkItself(X509Certificate certificate) throws CertificateException {
        CertificateNames names = CertificateNames.of(certificate, host);
        if (names.names().isEmpty()) {
            throw refusal(TlsCheck.NO_NAME, names.kind());
        }
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException e) {
            throw refusal(TlsCheck.EXPIRED, time(certificate.getNotAfter()));
        } catch (CertificateNotYetValidException e) {
            throw refusal(TlsCheck.NOT_YET_VALID, time(certificate.getNotBefore()));
        }
    }

    /** Whether it was for the name, or the algorithms of this handshake, that it was not let through. */
    private static boolean isTrusted(X509ExtendedTrustManager one, X509Certificate[] chain, String authType) {
        try {
            one.checkServerTrusted(chain, authType);
            return true;
        } catch (CertificateException isNot) {
            return false;
        }
    }

    private CertificateException named(X509Certificate certificate, CertificateException e) {
        String path = reason(e);
        return path.isEmpty()
                ? refusal(
                        TlsCheck.WRONG_NAME,
                        CertificateNames.of(certificate, host).some())
                : refusal(TlsCheck.CHAIN, path);
    }

    private CertificateException untrusted(X509Certificate[] chain, List<String> reasons) {
        for (X509Certificate certificate : chain) {
            if (hasExpired(certificate)) {
                return refusal(TlsCheck.CHAIN, "one behind it expired at " + time(certificate.getNotAfter()));
            }
        }
        for (String reason : reasons) {
            if (!LEADS_NOWHERE.contains(reason)) {
                return refusal(TlsCheck.CHAIN, reason);
            }
        }
        X509Certificate last = chain[chain.length - 1];
        boolean itsOwn = last.getIssuerX500Principal().equals(last.getSubjectX500Principal());
        return chain.length == 1 && itsOwn
                ? refusal(TlsCheck.SELF_SIGNED, "")
                : refusal(TlsCheck.UNTRUSTED, last.getIssuerX500Principal().getName());
    }

    /** Java's name for what is wrong with a path; empty for nothing. */
    private static String reason(CertificateException e) {
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < 8; depth++, cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException path) {
                return path.getReason().toString().toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    private CertificateException refusal(TlsCheck check, String what) {
        failed.accept(check, what);
        return new CertificateException(check.message(host, what));
    }

    private static boolean hasExpired(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return false;
        } catch (CertificateExpiredException e) {
            return true;
        } catch (CertificateNotYetValidException e) {
            return false;
        }
    }

    private static String time(Date moment) {
        return moment.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Names are verified by engine only: without one, nobody is trusted. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("not without an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("not without an engine");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
