package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.HeaderValue;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.TlsSettings;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import io.netty.pkitesting.X509Bundle;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.StepVerifier;

/** {@code wss} through a proxy: TLS is with the target, and the proxy passes on what it cannot read. */
final class TlsThroughProxyTest {

    private static final String NAME = "gateway.test";

    private static TestProxy proxy(ProxyOptions.Kind kind) {
        return kind == ProxyOptions.Kind.SOCKS5 ? new SocksProxy() : new ConnectProxy();
    }

    private static Target target(NettyServer server) {
        return new Target("wss", NAME, server.target(Answer.ACCEPT).port(), "/ACCEPT", "token=secret");
    }

    private static X509Bundle named(String name, X509Bundle root) throws Exception {
        return Certified.named(Certified.builder("peer"), name).buildIssuedBy(root);
    }

    private static ReactorNettyDriver driver(TestProxy proxy) {
        return ReactorNettyDriver.create(
                WebSocketOptions.defaults().withEventLoops(1).withProxy(proxy.options()));
    }

    private static Recording dial(ReactorNettyDriver driver, Target target, X509Bundle root) {
        TlsSettings trusting = TlsSettings.defaults().withTrust(Set.of(root.getCertificate()));
        return Recording.of(
                driver,
                Recording.spec(
                        target,
                        DialTerms.of(AddressPolicy.TRUSTED_PROXY)
                                .withTls(trusting)
                                .withHeaders(Map.of("Authorization", HeaderValue.of("s3cret-header")))));
    }

    @ParameterizedTest
    @EnumSource(ProxyOptions.Kind.class)
    @DisplayName("The proxy sees the target's name and TLS, and nothing of what is within")
    void theProxySeesCiphertext(ProxyOptions.Kind kind) throws Exception {
        X509Bundle root = Certified.root("root");
        try (NettyServer server = new NettyServer(Certified.server(named(NAME, root)));
                TestProxy proxy = proxy(kind)) {
            ReactorNettyDriver driver = driver(proxy);
            Target target = target(server);
            Recording recording = dial(driver, target, root);
            recording.session();
            Objects.requireNonNull(server.peer().block(Recording.LIMIT)).text("hello");
            StepVerifier.create(recording.frames().take(1))
                    .expectNext(new Frame.Text("hello", 5))
                    .expectComplete()
                    .verify(Recording.LIMIT);
            recording.cancel();
            driver.disposeLater().block(Recording.LIMIT);

            assertThat(server.request().headers().get("Authorization")).isEqualTo("s3cret-header");
            assertThat(proxy.asked()).containsExactly(NAME + ":" + target.port());
            assertThat(proxy.passed())
                    .startsWith("\u0016\u0003") // a handshake record of TLS
                    .contains(NAME) // the server's name, in its first message
                    .doesNotContain("GET ")
                    .doesNotContain("ACCEPT")
                    .doesNotContain("secret")
                    .doesNotContain("s3cret")
                    .doesNotContain("Headgate");
        }
    }

    @ParameterizedTest
    @EnumSource(ProxyOptions.Kind.class)
    @DisplayName("A peer with another name is refused, also one with the proxy's")
    void anotherName(ProxyOptions.Kind kind) throws Exception {
        X509Bundle root = Certified.root("root");
        try (NettyServer server = new NettyServer(Certified.server(named("localhost", root)));
                TestProxy proxy = proxy(kind)) {
            ReactorNettyDriver driver = driver(proxy);

            assertThat(dial(driver, target(server), root).failure(FailureKind.CONNECT))
                    .hasMessageStartingWith("TLS was not established: ");
            driver.disposeLater().block(Recording.LIMIT);
            assertThat(server.requests()).isZero();
        }
    }
}
