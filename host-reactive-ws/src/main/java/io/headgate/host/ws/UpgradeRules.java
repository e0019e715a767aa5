package io.headgate.host.ws;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What RFC 6455 (4.1, 4.2.2, 11.3) asks of the headers of a 101. Says what is wrong in the host's words alone. */
final class UpgradeRules {

    /** Joined to the key of the request, it makes the answer (RFC 6455, 1.3). */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private UpgradeRules() {}

    /** What breaks a rule first; empty when all are kept. */
    static Optional<String> broken(HttpHeaders answer, String key, List<String> offered) {
        if (!is(answer.getAll(HttpHeaderNames.UPGRADE), HttpHeaderValues.WEBSOCKET)) {
            return Optional.of("the peer's 101 does not upgrade to websocket");
        }
        if (!answer.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return Optional.of("the peer's 101 does not upgrade the connection");
        }
        if (!answer.getAll(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT).equals(List.of(accept(key)))) {
            return Optional.of("the peer's 101 does not accept the key that was sent");
        }
        if (answer.contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
            return Optional.of("the peer chose an extension, and none was offered");
        }
        if (answer.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).size() > 1) {
            return Optional.of("the peer chose a subprotocol more than once");
        }
        String chosen = subprotocol(answer);
        return chosen.isEmpty() || offered.contains(chosen)
                ? Optional.empty()
                : Optional.of("the peer chose a subprotocol that was not offered");
    }

    /** What the peer chose; empty for none. */
    static String subprotocol(HttpHeaders answer) {
        return answer.get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, "").trim();
    }

    private static boolean is(List<String> values, CharSequence expected) {
        return values.size() == 1 && values.get(0).equalsIgnoreCase(expected.toString());
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
