package io.headgate.host.ws;

import io.headgate.host.authority.TlsSettings;
import io.headgate.host.authority.TlsVersion;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/**
 * The TLS of one dial: its context, and what went wrong. No context is shared: so no session is resumed, which would skip the
 * checks, and no certificate is shown but for the dial that it was granted for. All but the context belongs to the event loop.
 */
final class DialTls {

    /** Java's texts, and not the peer's: of an alert it names the number. */
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: ([a-z_]{1,40})");

    private static final Pattern OTHER_VERSION = Pattern.compile("protocol version \\S{1,20} is not accepted");
    private static final int MAX_DEPTH = 8;

    /** What a peer says that wants another client certificate, or one at all. */
    private static final Set<String> ABOUT_CERTIFICATES = Set.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "certificate_required",
            "unknown_ca",
            "access_denied");

    /** What a peer says that asked for one and got none; nothing, where it hung up and its alert was lost with that. */
    private static final Set<String> WITHOUT_ONE = Set.of(
            "", "bad_certificate", "certificate_required", "handshake_failure", "certificate_unknown", "access_denied");

    private final String host;
    private final TlsSettings settings;
    private final X509ExtendedTrustManager system;
    private volatile @Nullable String failed;
    private volatile boolean asked;

    DialTls(String host, TlsSettings settings, X509ExtendedTrustManager system) {
        this.host = unbracketed(host);
        this.settings = settings;
        this.system = system;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Made anew for each dial. */
    SslContext context() {
        List<X509ExtendedTrustManager> any = new ArrayList<>(List.of(system));
        if (!settings.trust().isEmpty()) {
            any.add(Trust.of(settings.trust()));
        }
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .trustManager(new PeerTrust(host, any, (check, what) -> failed = check.message(host, what)))
                    .keyManager(new OwnIdentity(settings.identity(), () -> asked = true))
                    .protocols(protocols())
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    private List<String> protocols() {
        return settings.minVersion() == TlsVersion.TLS_1_3 ? List.of("TLSv1.3") : List.of("TLSv1.3", "TLSv1.2");
    }

    /** What a dial failed for, where it was its TLS. A peer may ask for a certificate and say that it wants it only later. */
    Optional<TransportException> failure(Throwable cause) {
        String found = failed;
        if (found != null) {
            return Optional.of(failure(found));
        }
        return check(cause).map(DialTls::failure);
    }

    private Optional<String> check(Throwable cause) {
        String alert = "";
        boolean fromTheWire = false;
        Throwable one = cause;
        for (int depth = 0; one != null && depth < MAX_DEPTH; depth++, one = one.getCause()) {
            if (one instanceof NotSslRecordException) {
                return found(TlsCheck.NOT_TLS, "");
            }
            String text = String.valueOf(one.getMessage());
            if (one instanceof SSLException && OTHER_VERSION.matcher(text).find()) {
                return found(TlsCheck.VERSION, settings.minVersion().number());
            }
            Matcher said = ALERT.matcher(text);
            alert = one instanceof SSLException && said.find() ? said.group(1) : alert;
            fromTheWire |= one instanceof IOException
                    || one instanceof AbortedException
                    || one instanceof WebSocketClientHandshakeException;
        }
        return check(alert, fromTheWire);
    }

    private Optional<String> check(String alert, boolean fromTheWire) {
        if (alert.equals("protocol_version")) {
            return found(TlsCheck.VERSION, settings.minVersion().number());
        }
        if (asked && settings.identity().isEmpty() && fromTheWire && WITHOUT_ONE.contains(alert)) {
            return found(TlsCheck.CLIENT_CERTIFICATE_MISSING, "");
        }
        if (asked && ABOUT_CERTIFICATES.contains(alert)) {
            return found(TlsCheck.CLIENT_CERTIFICATE_REFUSED, alert);
        }
        return alert.isEmpty() ? Optional.empty() : found(TlsCheck.REFUSED, alert);
    }

    private Optional<String> found(TlsCheck check, String what) {
        return Optional.of(check.message(host, what));
    }

    private static TransportException failure(String message) {
        return new TransportException(FailureKind.CONNECT, message, null);
    }
}
