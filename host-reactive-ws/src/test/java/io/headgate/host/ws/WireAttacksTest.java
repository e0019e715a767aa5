package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.Target;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invariant 1, attacked by the peer, by a target that is granted, and by what surrounds the host: a dial that goes elsewhere. */
final class WireAttacksTest {

    private static final List<String> PROXIES = List.of("http.", "https.", "socks", "ftp.");

    private final NettyServer server = new NettyServer(null);
    private final WebSocketOptions options = WebSocketOptions.defaults().withEventLoops(1);
    private ReactorNettyDriver driver = ReactorNettyDriver.create(options);

    @AfterEach
    void stop() {
        driver.disposeLater().block(Recording.LIMIT);
        server.close();
    }

    private Recording dial(Target target) {
        return Recording.of(driver, Recording.spec(target, AddressPolicy.LOOPBACK));
    }

    private static ConnectionSpec offering(Target target, String subprotocol) {
        return new ConnectionSpec(
                "s",
                "gateway",
                target,
                DialTerms.of(AddressPolicy.LOOPBACK).withSubprotocols(List.of(subprotocol)),
                1024,
                DialTimeouts.defaults(),
                Duration.ofMillis(500));
    }

    private static void proxies(int port) {
        for (String proxy : PROXIES) {
            String host = proxy.equals("socks") ? "socksProxyHost" : proxy + "proxyHost";
            String at = proxy.equals("socks") ? "socksProxyPort" : proxy + "proxyPort";
            if (port > 0) {
                System.setProperty(host, "127.0.0.2");
                System.setProperty(at, String.valueOf(port));
            } else {
                System.clearProperty(host);
                System.clearProperty(at);
            }
        }
    }

    @Test
    @DisplayName("Set the JVM's proxies, so that a proxy resolves the name and dials what no guard has seen")
    void proxiesOfTheJvm() {
        int port = server.port();
        driver.disposeLater().block(Recording.LIMIT);
        try (Trap trap = Trap.beside(port)) {
            proxies(port);
            driver = ReactorNettyDriver.create(options);
            dial(server.target(Answer.ACCEPT)).session();
            trap.expectNobody();
        } finally {
            proxies(0);
        }
        assertThat(server.requests()).isEqualTo(1);
        assertThat(server.request().method().name()).isEqualTo("GET");
        assertThat(server.request().uri()).startsWith("/ACCEPT");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "//127.0.0.2:PORT/",
                "/@127.0.0.2:PORT/",
                "///127.0.0.2:PORT/x",
                "/;@127.0.0.2:PORT",
                "/:80@127.0.0.2:PORT/"
            })
    @DisplayName("Have a path under a granted pattern taken for another host")
    void aPathThatLooksLikeAHost(String path) throws Exception {
        CompletableFuture<String> request = new CompletableFuture<>();
        RawServer.Answer upgrade = RawServer.upgradeAnd();
        try (RawServer raw = new RawServer(asked -> {
            request.complete(asked);
            return upgrade.to(asked);
        })) {
            int port = raw.target().port();
            String granted = path.replace("PORT", String.valueOf(port));
            Target target = Target.parse("ws://localhost:" + port + granted + "?to=ws://127.0.0.2:" + port + "/@");
            try (Trap trap = Trap.beside(port)) {
                dial(target).session();
                trap.expectNobody();
            }
            assertThat(request.get(20, TimeUnit.SECONDS))
                    .startsWith("GET " + target.path() + "?" + target.query() + " HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nhost: localhost:" + port + "\r\n");
        }
    }

    @Test
    @DisplayName("Leave a cookie, another service and a refresh with the 101: the next dial brings and follows none")
    void whatAnAnswerLeavesBehind() throws IOException {
        try (Trap trap = Trap.beside(server.port());
                RawServer raw = new RawServer(RawServer.upgradeWith(
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Accept: {accept}",
                        "Set-Cookie: sid=canary; Domain=localhost; Path=/",
                        "Alt-Svc: http/1.1=\"127.0.0.2:" + server.port() + "\"; ma=86400",
                        "Refresh: 0; url=ws://127.0.0.2:" + server.port() + "/",
                        "Strict-Transport-Security: max-age=31536000"))) {
            Recording first = dial(raw.target());
            first.session();
            first.cancel();
            dial(server.target(Answer.ACCEPT)).session();
            trap.expectNobody();
        }
        assertThat(server.requests()).isEqualTo(1);
        assertThat(server.request().headers().names())
                .noneMatch(name -> name.equalsIgnoreCase("cookie") || name.equalsIgnoreCase("authorization"));
        assertThat(server.request().headers().toString()).doesNotContain("canary");
    }

    @Test
    @DisplayName("Choose a granted subprotocol in other letters, or with a second one behind it")
    void aSubprotocolThatIsNearlyTheOne() throws IOException {
        for (String chosen : List.of("CHAT.V1", "chat.v1, chat.v2", "chat.v1;x", "chat.v1 chat.v2", "chat.v10")) {
            try (RawServer raw = new RawServer(RawServer.upgradeWith(
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Accept: {accept}",
                    "Sec-WebSocket-Protocol: " + chosen))) {
                TransportException failure =
                        Recording.of(driver, offering(raw.target(), "chat.v1")).failure(FailureKind.HANDSHAKE);
                assertThat(failure).hasMessage("the peer chose a subprotocol that was not offered");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {300, 301, 302, 303, 305, 307, 308})
    @DisplayName("Lead the dial elsewhere by each way to redirect, with a secret and an override in the location")
    void redirections(int status) {
        try (Trap trap = Trap.beside(server.port())) {
            server.refusing(
                    HttpResponseStatus.valueOf(status),
                    Map.of("Location", "ws://canary:pass@127.0.0.2:" + server.port() + "/?token=canary"),
                    new byte[0]);
            TransportException failure = dial(server.target(Answer.REFUSE)).failure(FailureKind.HANDSHAKE);
            trap.expectNobody();
            assertThat(failure).hasMessageContaining("redirections are not followed");
            assertThat(failure.getMessage()).doesNotContain("canary").doesNotContain("pass");
        }
        assertThat(server.requests()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Negotiate", "NTLM", "Basic realm=\"canary\"", "Digest realm=\"x\", nonce=\"canary\""})
    @DisplayName("Ask for credentials, as a server and as a proxy: none are sent, and nothing is dialled again")
    void credentials(String scheme) {
        for (int status : new int[] {401, 407, 511}) {
            int before = server.requests();
            server.refusing(
                    HttpResponseStatus.valueOf(status),
                    Map.of("WWW-Authenticate", scheme, "Proxy-Authenticate", scheme, "Retry-After", "0"),
                    new byte[0]);
            TransportException failure = dial(server.target(Answer.REFUSE)).failure(FailureKind.HANDSHAKE);
            assertThat(failure.getMessage()).contains(String.valueOf(status)).doesNotContain("canary");
            assertThat(server.requests()).isEqualTo(before + 1);
        }
    }
}
