package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pitfall 3: of a redirection the message tells the origin, and no more; and it guesses none. */
final class RefusalsTest {

    private final HttpResponse found = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.FOUND);

    @ParameterizedTest
    @CsvSource({
        "https://user:secret@other.example:8443/secret?secret#secret, https://other.example:8443",
        "https://[2001:db8::1]/secret, https://[2001:db8::1]",
        "//other.example/secret, //other.example",
        "//user:secret@other.example:8443/secret, //other.example:8443",
        "/secret, the same origin",
        "secret?secret, the same origin",
        "'', the same origin",
        "https://other_host.example/secret, an unreadable location",
        "//other_host.example/secret, an unreadable location",
        "///other.example/secret, an unreadable location",
        "https:/secret, an unreadable location",
        "https:secret, an unreadable location",
        "mailto:secret, an unreadable location",
        "/\\other.example/secret, an unreadable location",
        "https://other.example/ secret, an unreadable location"
    })
    void theOriginOfARedirectionIsToldAsItIs(String location, String told) {
        found.headers().set("Location", location);

        assertThat(Refusals.of(found))
                .hasMessage("the peer answered 302 instead of 101, a redirection to " + told
                        + ": redirections are not followed");
    }

    @Test
    void aRedirectionWithoutALocationSaysSo() {
        assertThat(Refusals.of(found))
                .hasMessage("the peer answered 302 instead of 101, a redirection without a location:"
                        + " redirections are not followed");
    }
}
