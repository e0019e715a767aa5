package io.headgate.host.ws;

import io.headgate.host.transport.TransportException;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** Reads from the answer that refused an upgrade what the host may tell of it, and nothing else. */
final class Refusals {

    private static final int MAX_MESSAGE = 256;
    private static final String UNREADABLE = "an unreadable location";
    private static final int MAX_DATE = 64;
    private static final long MAX_RETRY_AFTER_SECONDS = Duration.ofDays(1).toSeconds();

    private Refusals() {}

    static TransportException of(HttpResponse response) {
        int status = response.status().code();
        String message = "the peer answered " + status + " instead of 101" + redirection(response);
        String bounded = message.substring(0, Math.min(message.length(), MAX_MESSAGE));
        return TransportException.refused(status, bounded, retryAfter(response.headers()));
    }

    private static String redirection(HttpResponse response) {
        if (response.status().codeClass() != HttpStatusClass.REDIRECTION) {
            return "";
        }
        String location = response.headers().get(HttpHeaderNames.LOCATION);
        return ", a redirection "
                + (location == null ? "without a location" : "to " + origin(location))
                + ": redirections are not followed";
    }

    /**
     * Scheme, host and port only: the rest of a location is the peer's text, and may hold secrets. Where it leaves the scheme
     * to the request, so does this.
     */
    private static String origin(String location) {
        try {
            URI uri = new URI(location);
            if (uri.getHost() != null) {
                return (uri.getScheme() == null ? "" : uri.getScheme() + ":")
                        + ("//" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
            }
            boolean relative = !uri.isAbsolute() && !location.startsWith("//");
            return relative ? "the same origin" : UNREADABLE;
        } catch (URISyntaxException unreadable) {
            return UNREADABLE;
        }
    }

    /** A date counts from the answer's own {@code Date}, so that no clock is read; without one it says nothing. */
    private static @Nullable Duration retryAfter(HttpHeaders headers) {
        String value = headers.get(HttpHeaderNames.RETRY_AFTER, "").trim();
        if (!value.isEmpty() && value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(Math.min(Long.parseLong(value), MAX_RETRY_AFTER_SECONDS));
        }
        Instant until = date(value);
        Instant now = date(headers.get(HttpHeaderNames.DATE, ""));
        if (until == null || now == null || until.isBefore(now)) {
            return null;
        }
        long seconds = Duration.between(now, until).toSeconds();
        return Duration.ofSeconds(Math.min(seconds, MAX_RETRY_AFTER_SECONDS));
    }

    private static @Nullable Instant date(String value) {
        Date date = value.length() > MAX_DATE ? null : DateFormatter.parseHttpDate(value);
        return date == null ? null : date.toInstant();
    }
}
