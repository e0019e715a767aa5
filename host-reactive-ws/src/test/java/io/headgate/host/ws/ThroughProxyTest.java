package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.HeaderValue;
import io.headgate.host.authority.Target;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import io.netty.handler.proxy.ProxyHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.scheduler.Schedulers;
import reactor.netty.transport.ProxyProvider;
import reactor.test.StepVerifier;

/**
 * R2, pitfall 4: what is granted with {@code trusted-proxy} goes through the host's proxy and in no other way, and nothing else does.
 */
final class ThroughProxyTest {

    private static final String NAME = "gateway.test";

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

    private <T extends AutoCloseable> T opened(T made) {
        open.add(made);
        return made;
    }

    private TestProxy proxy(ProxyOptions.Kind kind) {
        return opened(kind == ProxyOptions.Kind.SOCKS5 ? new SocksProxy() : new ConnectProxy());
    }

    private ReactorNettyDriver driver(WebSocketOptions options) {
        ReactorNettyDriver driver = ReactorNettyDriver.create(
                options.withEventLoops(1), Schedulers.parallel(), (unused, loops) -> names.resolver());
        open.add(0, () -> driver.disposeLater().block(Recording.LIMIT));
        return driver;
    }

    private ReactorNettyDriver through(ProxyOptions proxy) {
        return driver(WebSocketOptions.defaults().withProxy(proxy));
    }

    private Target target(String host) {
        Target local = server.target(Answer.ACCEPT);
        return new Target("ws", host, local.port(), local.path(), local.query());
    }

    private static ConnectionSpec spec(Target target) {
        return Recording.spec(target, AddressPolicy.TRUSTED_PROXY);
    }

    private void expectToTalk(Recording recording) {
        Session session = recording.session();
        NettyPeer peer = Objects.requireNonNull(server.peer().block(Recording.LIMIT));
        peer.text("hello");
        StepVerifier.create(recording.frames().take(1))
                .expectNext(new Frame.Text("hello", 5))
                .expectComplete()
                .verify(Recording.LIMIT);
        assertThat(session.wire().isOpen()).isTrue();
        recording.cancel();
    }

    @ParameterizedTest
    @EnumSource(ProxyOptions.Kind.class)
    @DisplayName("The proxy is told the name, which the host neither resolves nor could")
    void theNameIsTheProxysToResolve(ProxyOptions.Kind kind) {
        TestProxy proxy = proxy(kind);
        Target target = target(NAME);
        expectToTalk(Recording.of(through(proxy.options()), spec(target)));

        assertThat(proxy.asked()).containsExactly(NAME + ":" + target.port());
        assertThat(names.names()).isEmpty();
        assertThat(server.request().headers().get("Host")).isEqualTo(NAME + ":" + target.port());
        assertThat(server.request().uri()).isEqualTo("/ACCEPT?token=secret");
    }

    @ParameterizedTest
    @EnumSource(ProxyOptions.Kind.class)
    @DisplayName("A literal address is the proxy's to dial, loopback too: the host checks none")
    void aLiteralAddress(ProxyOptions.Kind kind) {
        TestProxy proxy = proxy(kind);
        Target target = target("127.0.0.1");
        expectToTalk(Recording.of(through(proxy.options()), spec(target)));

        String said = kind == ProxyOptions.Kind.SOCKS5 ? "address 127.0.0.1:" : "127.0.0.1:";
        assertThat(proxy.asked()).containsExactly(said + target.port());
    }

    @ParameterizedTest
    @EnumSource(ProxyOptions.Kind.class)
    @DisplayName("The proxy's own name is resolved at each dial, and its addresses are tried in turn")
    void theProxysName(ProxyOptions.Kind kind) throws UnknownHostException {
        names.answering("proxy.test", "127.0.0.2", "127.0.0.1").answering("proxy.test", "127.0.0.1");
        TestProxy proxy = proxy(kind);
        ReactorNettyDriver driver = through(proxy.options("proxy.test"));
        expectToTalk(Recording.of(driver, spec(target(NAME))));
        expectToTalk(Recording.of(driver, spec(target(NAME))));

        assertThat(names.names()).containsExactly("proxy.test", "proxy.test");
        assertThat(proxy.asked()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(ProxyOptions.Kind.class)
    @DisplayName("What is granted without trusted-proxy is dialled directly, also where there is a proxy")
    void withoutTheWordNoProxy(ProxyOptions.Kind kind) throws Exception {
        try (ServerSocketChannel nobody = ServerSocketChannel.open()) {
            nobody.configureBlocking(false);
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) nobody.getLocalAddress()).getPort();
            ProxyOptions options = new ProxyOptions(kind, "127.0.0.1", port, Optional.empty());
            expectToTalk(Recording.of(through(options), Recording.spec(target("localhost"), AddressPolicy.LOOPBACK)));

            assertThat(nobody.accept()).isNull();
        }
        assertThat(names.names()).containsExactly("localhost");
    }

    @Test
    @DisplayName("Without a proxy it is not dialled at all")
    void withoutAProxyNothing() {
        ReactorNettyDriver driver = driver(WebSocketOptions.defaults());

        assertThat(Recording.of(driver, spec(target("localhost"))).failure(FailureKind.CONNECT))
                .hasMessage(
                        "the grant says `addresses: trusted-proxy`, and the host has no proxy: nothing was dialled");
        assertThat(names.names()).isEmpty();
        assertThat(server.requests()).isZero();
    }

    @Test
    @DisplayName("And if it ever came to a direct dial, the address guard lets none pass")
    void theGuardLetsNonePass() throws UnknownHostException {
        AddressGuard guard = new AddressGuard(AddressPolicy.TRUSTED_PROXY);

        for (byte[] address : List.of(SocksProxy.bytes(8, 8, 8, 8), SocksProxy.bytes(127, 0, 0, 1), new byte[16])) {
            InetSocketAddress there = new InetSocketAddress(InetAddress.getByAddress(address), 443);
            assertThatThrownBy(() -> guard.admit(List.of(there))).isInstanceOf(TransportException.class);
        }
    }

    @Test
    @DisplayName("CONNECT has the target and nothing of the request that goes through the tunnel")
    void connectHasNothingElse() {
        ConnectProxy proxy = opened(new ConnectProxy());
        Target target = target(NAME);
        ConnectionSpec offering = new ConnectionSpec(
                "s",
                "gateway",
                target,
                DialTerms.of(AddressPolicy.TRUSTED_PROXY)
                        .withSubprotocols(List.of("chat.v2"))
                        .withHeaders(Map.of("Authorization", HeaderValue.of("s3cret"))),
                1024,
                DialTimeouts.defaults(),
                Duration.ofMillis(500));
        expectToTalk(Recording.of(through(proxy.options()), offering));

        String there = NAME + ":" + target.port();
        assertThat(proxy.heads()).containsExactly("CONNECT " + there + " HTTP/1.1\r\nhost: " + there + "\r\n\r\n");
        assertThat(proxy.passed())
                .startsWith("GET /ACCEPT?token=secret HTTP/1.1\r\n")
                .containsIgnoringCase("sec-websocket-protocol: chat.v2")
                .containsIgnoringCase("authorization: s3cret")
                .doesNotContainIgnoringCase("proxy-");
    }

    @Test
    void aLoginOfConnectGoesToTheProxyAndNoFurther() {
        ConnectProxy proxy = opened(new ConnectProxy());
        expectToTalk(Recording.of(through(proxy.options().withLogin("host", "canary:1")), spec(target(NAME))));

        assertThat(proxy.heads())
                .hasSize(1)
                .first()
                .asString()
                .contains("proxy-authorization: Basic aG9zdDpjYW5hcnk6MQ==");
        assertThat(proxy.passed()).doesNotContainIgnoringCase("authorization").doesNotContain("aG9zd");
    }

    @Test
    void aLoginOfSocksGoesToTheProxyThatAsksForIt() {
        SocksProxy asking = opened(SocksProxy.wantingLogin());
        SocksProxy content = opened(new SocksProxy());
        expectToTalk(Recording.of(through(asking.options().withLogin("host", "canary:1")), spec(target(NAME))));
        expectToTalk(Recording.of(through(content.options().withLogin("host", "canary:1")), spec(target(NAME))));

        assertThat(asking.logins()).containsExactly("host/canary:1");
        assertThat(content.offers()).containsExactly("[0, 2]");
        assertThat(content.logins()).isEmpty();
        assertThat(asking.passed() + content.passed()).doesNotContain("canary");
    }

    @Test
    @DisplayName("1xx before the answer, and headers of a body that a tunnel has not, are passed over")
    void anOddAnswer() {
        ConnectProxy proxy = opened(
                new ConnectProxy()
                        .opening(
                                "HTTP/1.1 102 Processing\r\nx: 1\r\n\r\nHTTP/1.0 200 OK\r\nContent-Length: 7\r\nVia: x\r\n\r\n"));

        expectToTalk(Recording.of(through(proxy.options()), spec(target(NAME))));
    }

    @ParameterizedTest
    @EnumSource(ProxyOptions.Kind.class)
    @DisplayName("Pitfall 2: Netty's own limit of ten seconds is off, and no host is excepted")
    void nettysOwnLimits(ProxyOptions.Kind kind) {
        HostProxy proxy = new HostProxy(new ProxyOptions(kind, "proxy.test", 1, Optional.empty()), names.resolver());
        ProxyProvider.TypeSpec spec = ProxyProvider.builder();
        proxy.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)).accept(spec);
        ProxyProvider made = ((ProxyProvider.Builder) spec).build();
        ProxyHandler handler = made.newProxyHandler();

        assertThat(handler.connectTimeoutMillis()).isZero();
        assertThat(made.shouldProxy(InetSocketAddress.createUnresolved("localhost", 80)))
                .isTrue();
    }
}
