package io.headgate.samples.standalone.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who is answered. With a token, who brings it. Without one, who says that he means this machine: a page from elsewhere whose name was
 * made to lead here (DNS rebinding) says its own name.
 */
final class Access {

    private static final String SCHEME = "Bearer ";
    private static final Pattern THIS_MACHINE =
            Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private final Optional<byte[]> token;

    Access(HttpOptions options) {
        this.token = options.token().map(text -> text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What a request that is refused is answered; empty where it is not. */
    Optional<Answer> refusal(HttpHeaders headers) {
        if (token.isEmpty()) {
            return THIS_MACHINE.matcher(headers.get(HttpHeaderNames.HOST, "")).matches()
                    ? Optional.empty()
                    : Optional.of(Answer.refused(
                            HttpResponseStatus.MISDIRECTED_REQUEST,
                            "ask for it as localhost or 127.0.0.1, or have the settings name a token: http.token"));
        }
        String brought = headers.get(HttpHeaderNames.AUTHORIZATION, "");
        byte[] shown = brought.startsWith(SCHEME)
                ? brought.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        // In a time that does not depend on how much of it is right.
        return MessageDigest.isEqual(token.get(), shown)
                ? Optional.empty()
                : Optional.of(Answer.refused(
                        HttpResponseStatus.UNAUTHORIZED, "bring the token: Authorization: Bearer <token>"));
    }
}
