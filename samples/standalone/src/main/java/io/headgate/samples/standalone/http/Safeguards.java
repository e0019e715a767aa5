package io.headgate.samples.standalone.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;

/** What each answer tells a browser: to run and load nothing but this host's own files, to keep nothing, to show it in no other page. */
final class Safeguards {

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
                    + "form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private Safeguards() {}

    static void add(HttpHeaders headers) {
        HEADERS.forEach(headers::set);
    }
}
