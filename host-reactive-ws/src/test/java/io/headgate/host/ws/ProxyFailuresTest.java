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
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;

/** A proxy that does not lead on: told in the host's words, with a number of the proxy's at most. */
final class ProxyFailuresTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String GARBLED = "the proxy's answer was neither what HTTP nor what SOCKS 5 asks for";

    private final SlowNames names = new SlowNames();
    private final NettyServer server = new NettyServer(null);
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closing : open) {
            closing.close();
        }
        server.close();
    }

    private ReactorNettyDriver driver(ProxyOptions proxy) {
        ReactorNettyDriver driver = ReactorNettyDriver.create(
                WebSocketOptions.defaults().withEventLoops(1).withProxy(proxy),
                Schedulers.parallel(),
                (unused, loops) -> names.resolver());
        open.add(0, () -> driver.disposeLater().block(Recording.LIMIT));
        return driver;
    }

    private TransportException failure(ProxyOptions proxy, FailureKind kind, Target target, DialTimeouts timeouts) {
        ConnectionSpec spec = new ConnectionSpec(
                "s",
                "gateway",
                target,
                DialTerms.of(AddressPolicy.TRUSTED_PROXY),
                1024,
                timeouts,
                Duration.ofMillis(500));
        TransportException failure = Recording.of(driver(proxy), spec).failure(kind);
        assertThat(failure.status()).as("a proxy's status is not the peer's").isZero();
        return failure;
    }

    private TransportException failure(ProxyOptions proxy) {
        return failure(proxy, FailureKind.CONNECT, target("ws"), DialTimeouts.defaults());
    }

    private TransportException late(ProxyOptions proxy, UnaryOperator<DialTimeouts> timeouts) {
        return failure(proxy, FailureKind.TIMEOUT, target("ws"), timeouts.apply(DialTimeouts.defaults()));
    }

    private Target target(String scheme) {
        return new Target(scheme, "gateway.test", server.target(Answer.ACCEPT).port(), "/ACCEPT", "token=secret");
    }

    private <T extends AutoCloseable> T opened(T made) {
        open.add(made);
        return made;
    }

    private TestProxy socks(byte[] method, byte[] login, byte[] reply) {
        return opened(new SocksProxy(method, login, reply));
    }

    private TestProxy saying(String answer) {
        return opened(ConnectProxy.saying(answer));
    }

    @ParameterizedTest
    @EnumSource(ProxyOptions.Kind.class)
    void aProxyThatIsNotThere(ProxyOptions.Kind kind) throws Exception {
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ProxyOptions absent = new ProxyOptions(kind, "localhost", bound.getLocalPort(), Optional.empty());

            assertThat(failure(absent)).hasMessageStartingWith("TCP to the proxy was not established (");
        }
    }

    @Test
    void aProxyWhoseNameNobodyKnows() {
        assertThat(failure(ProxyOptions.httpConnect("unknown.test", 3128)))
                .hasMessage("the proxy's name was not resolved (UnknownHostException)");
    }

    @Test
    @DisplayName("Pitfall 2: a proxy's name that nobody answers for")
    void aProxyWhoseNameIsNotAnswered() {
        assertThat(late(ProxyOptions.socks5(SlowNames.SILENT, 1080), dial -> dial.withName(SHORT)))
                .hasMessage("the proxy's name was not resolved within PT0.3S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nX-Trickle: ", "HTTP/1.1 100 Continue\r\n\r\n"})
    @DisplayName("Pitfall 2: a proxy that says nothing, or not all of it, to CONNECT")
    void aSilentProxy(String said) {
        assertThat(late(saying(said).options(), dial -> dial.withProxy(SHORT)))
                .hasMessage("the proxy did not open the tunnel within PT0.3S");
    }

    @Test
    @DisplayName("Pitfall 2: a proxy that says nothing, or not all of it, to SOCKS 5")
    void aSilentSocksProxy() {
        byte[] nothing = SocksProxy.bytes();
        for (TestProxy proxy : List.of(
                socks(nothing, nothing, nothing),
                socks(SocksProxy.bytes(5), nothing, nothing),
                socks(SocksProxy.bytes(5, 0), nothing, nothing),
                socks(SocksProxy.bytes(5, 2), nothing, nothing),
                socks(SocksProxy.bytes(5, 0), nothing, SocksProxy.bytes(5, 1)))) {
            assertThat(late(proxy.options().withLogin("u", "canary"), dial -> dial.withProxy(SHORT)))
                    .hasMessage("the proxy did not open the tunnel within PT0.3S");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "407 | : it wants a login, or another one than the host's",
                "401 | : it wants a login, or another one than the host's",
                "403 | : it does not let this target be reached",
                "502 | : it did not reach the target",
                "503 | : it did not reach the target",
                "504 | : it did not reach the target",
                "404 | \"\"",
                "302 | \"\"",
                "204 | \"\"",
                "101 | \"\"",
                "999 | \"\""
            })
    @DisplayName("A status refuses at its head, whatever follows; of the proxy's words nothing is told")
    void anotherStatus(int status, String why) {
        String answer =
                "HTTP/1.1 " + status + " secret words\r\nProxy-Authenticate: secret\r\nLocation: ws://secret/\r\n"
                        + "Content-Length: 1000000\r\n\r\nsecret";

        assertThat(failure(saying(answer).options()))
                .hasMessage("the proxy answered " + status + " instead of 200" + why);
        assertThat(server.requests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SSH-2.0-secret\r\n", "secret\r\n\r\n", "HTTP/1.1 two hundred\r\n\r\n", "\u0005\u0000\r\n\r\n"})
    void whatIsNoHttp(String said) {
        assertThat(failure(saying(said).options())).hasMessage(GARBLED);
    }

    @Test
    void aHeaderWithoutAnEnd() {
        String header = "HTTP/1.1 200 OK\r\nX-Long: " + "secret".repeat(10_000);

        assertThat(failure(saying(header).options())).hasMessage(GARBLED);
        assertThat(failure(saying("HTTP/1.1 200 " + "secret".repeat(10_000)).options()))
                .hasMessage(GARBLED);
    }

    @Test
    void whatIsNoSocks() {
        byte[] nothing = SocksProxy.bytes();
        byte[] http = "HTTP/1.1 400 secret\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (TestProxy proxy : List.of(
                socks(http, nothing, nothing),
                socks(SocksProxy.bytes(4, 0), nothing, nothing),
                socks(SocksProxy.bytes(5, 0), nothing, SocksProxy.bytes(4, 1, 0, 1, 0, 0, 0, 0, 0, 0)))) {
            assertThat(failure(proxy.options())).hasMessage(GARBLED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1 | : it failed",
                "2 | : it does not let this target be reached",
                "3 | : the network is unreachable",
                "4 | : it did not find or reach the target",
                "5 | : the target refused the connection",
                "6 | : it did not reach the target in time",
                "7 | : it knows no CONNECT",
                "8 | : it takes no names, or no addresses of this kind",
                "9 | \"\"",
                "255 | \"\""
            })
    void anotherReply(int code, String why) {
        assertThat(failure(socks(SocksProxy.bytes(5, 0), SocksProxy.bytes(), SocksProxy.replying(code))
                        .options()))
                .hasMessage("the proxy replied " + code + " instead of 0" + why);
    }

    @Test
    void aLoginThatSocksWantsOrRefuses() {
        byte[] nothing = SocksProxy.bytes();
        String none =
                "the proxy took none of the ways to log in that were offered: it wants a login, or another one than the host's";

        assertThat(failure(socks(SocksProxy.bytes(5, 0xff), nothing, nothing).options()))
                .hasMessage(none);
        assertThat(failure(socks(SocksProxy.bytes(5, 0xff), nothing, nothing)
                        .options()
                        .withLogin("u", "canary")))
                .hasMessage(none);
        assertThat(failure(socks(SocksProxy.bytes(5, 2), SocksProxy.bytes(1, 1), nothing)
                        .options()
                        .withLogin("u", "canary")))
                .hasMessage("the proxy refused the login");
        assertThat(failure(socks(SocksProxy.bytes(5, 2), nothing, nothing).options()))
                .as("a way that was not offered")
                .hasMessageStartingWith("the proxy did not open the tunnel");
    }

    @Test
    void aProxyThatHangsUp() throws Exception {
        try (RawServer raw = new RawServer(request -> {
            throw new IOException("hang up");
        })) {
            assertThat(failure(
                            ProxyOptions.httpConnect("127.0.0.1", raw.target().port())))
                    .hasMessage("the proxy hung up before it had opened the tunnel");
        }
    }

    @Test
    @DisplayName("Behind the tunnel each stage is the target's again")
    void behindTheTunnel() {
        ConnectProxy proxy = opened(new ConnectProxy());
        Target silent = new Target("ws", "gateway.test", server.port(), "/SILENT", "token=secret");
        Target plain = target("wss");

        assertThat(failure(
                        proxy.options(),
                        FailureKind.TIMEOUT,
                        silent,
                        DialTimeouts.defaults().withUpgrade(SHORT)))
                .hasMessage("the peer did not answer the upgrade within PT0.3S");
        assertThat(failure(proxy.options(), FailureKind.CONNECT, plain, DialTimeouts.defaults()))
                .hasMessageStartingWith("TLS was not established (");
    }

    @Test
    @DisplayName("The peer's answer through a proxy is the peer's: its status is told as such")
    void thePeersRefusal() {
        ConnectProxy proxy = opened(new ConnectProxy());
        Target refusing = new Target("ws", "gateway.test", server.port(), "/REFUSE", "token=secret");
        TransportException refused = Recording.of(
                        driver(proxy.options()), Recording.spec(refusing, AddressPolicy.TRUSTED_PROXY))
                .failure(FailureKind.HANDSHAKE);

        assertThat(refused.status()).isEqualTo(403);
    }
}
