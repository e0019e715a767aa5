package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.HeaderValue;
import io.headgate.host.authority.Target;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.ws.test.Arrival;
import io.headgate.host.ws.test.ScriptedGateway;
import io.headgate.plugin.FailureKind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R2: a dial's request has the headers of its terms, and the query of its target, which Reactor Netty never has. */
final class HeadersOverWireTest {

    private final ScriptedGateway gateway = ScriptedGateway.start();
    private final ReactorNettyDriver driver =
            ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(1));

    @AfterEach
    void stop() {
        driver.disposeLater().block(Recording.LIMIT);
        gateway.close();
    }

    private ConnectionSpec spec(String query, Map<String, HeaderValue> headers) {
        return new ConnectionSpec(
                "s",
                "c",
                Target.parse(gateway.uri() + "v1/a%20b" + query),
                DialTerms.of(AddressPolicy.LOOPBACK).withHeaders(headers),
                1024,
                DialTimeouts.defaults(),
                Duration.ofMillis(500));
    }

    private Arrival.Request request() {
        return (Arrival.Request) gateway.arrivals(1).get(0);
    }

    @Test
    void theyAreInTheRequestBesidesItsOwn() {
        gateway.onConnect(script -> script.acceptUpgrade().takeRest());
        Recording.of(
                        driver,
                        spec(
                                "?a=%41&b=:/?@",
                                Map.of(
                                        "Authorization", HeaderValue.of("Bearer x y"),
                                        "user-agent", HeaderValue.of("Mine"),
                                        "Origin", HeaderValue.of("https://example.com"))))
                .session();

        assertThat(request().line()).isEqualTo("GET /v1/a%20b?a=%41&b=:/?@ HTTP/1.1");
        assertThat(request().headers())
                .containsEntry("authorization", "Bearer x y")
                .containsEntry("user-agent", "Mine")
                .containsEntry("origin", "https://example.com")
                .containsEntry("upgrade", "websocket")
                .containsEntry("host", "localhost:" + gateway.port())
                .containsKey("sec-websocket-key");
    }

    @Test
    void withoutThemItIsAsItWas() {
        gateway.onConnect(script -> script.acceptUpgrade().takeRest());
        Recording.of(driver, spec("", Map.of())).session();

        assertThat(request().line()).isEqualTo("GET /v1/a%20b HTTP/1.1");
        assertThat(request().headers()).containsEntry("user-agent", "Headgate").doesNotContainKey("authorization");
    }

    @Test
    void aRedirectionGetsNone() {
        gateway.onConnect(script -> script.refuseUpgrade(
                        302, Map.of("Location", gateway.uri().toString()))
                .takeRest());
        Recording.of(driver, spec("", Map.of("Authorization", HeaderValue.of("s3cret"))))
                .failure(FailureKind.HANDSHAKE);

        assertThat(gateway.connections()).isEqualTo(1);
        assertThat(request().headers()).containsEntry("authorization", "s3cret");
    }
}
