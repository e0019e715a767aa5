package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.Target;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.StepVerifier;

/** {@code wss} through a proxy: TLS is with the target, and the proxy passes on what it cannot read. */
final class TlsThroughProxyTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static TestProxy proxy(ProxyOptions.Kind kind) {
        return kind == ProxyOptions.Kind.SOCKS5 ? new SocksProxy() : new ConnectProxy();
    }

    private static Target target(NettyServer server) {
        return new Target("wss", "gateway.test", server.target(Answer.ACCEPT).port(), "/ACCEPT", "token=secret");
    }

    private static NettyServer server(KeyStore.PrivateKeyEntry identity) throws Exception {
        return new NettyServer(
                SslContextBuilder.forServer(identity.getPrivateKey(), (X509Certificate) identity.getCertificate())
                        .build());
    }

    private static ReactorNettyDriver driver(KeyStore.PrivateKeyEntry trusted, TestProxy proxy) {
        return ReactorNettyDriver.create(WebSocketOptions.defaults()
                .withEventLoops(1)
                .withTrusted(List.of((X509Certificate) trusted.getCertificate()))
                .withProxy(proxy.options()));
    }

    @ParameterizedTest
    @EnumSource(ProxyOptions.Kind.class)
    @DisplayName("The proxy sees the target's name and TLS, and nothing of what is within")
    void theProxySeesCiphertext(ProxyOptions.Kind kind) throws Exception {
        KeyStore.PrivateKeyEntry identity = identity("gateway.test");
        try (NettyServer server = server(identity);
                TestProxy proxy = proxy(kind)) {
            ReactorNettyDriver driver = driver(identity, proxy);
            Target target = target(server);
            Recording recording = Recording.of(driver, Recording.spec(target, AddressPolicy.TRUSTED_PROXY));
            recording.session();
            Objects.requireNonNull(server.peer().block(Recording.LIMIT)).text("hello");
            StepVerifier.create(recording.frames().take(1))
                    .expectNext(new Frame.Text("hello", 5))
                    .expectComplete()
                    .verify(Recording.LIMIT);
            recording.cancel();
            driver.disposeLater().block(Recording.LIMIT);

            assertThat(proxy.asked()).containsExactly("gateway.test:" + target.port());
            assertThat(proxy.passed())
                    .startsWith("\u0016\u0003") // a handshake record of TLS
                    .contains("gateway.test") // the server's name, in its first message
                    .doesNotContain("GET ")
                    .doesNotContain("ACCEPT")
                    .doesNotContain("secret")
                    .doesNotContain("Headgate");
        }
    }

    @ParameterizedTest
    @EnumSource(ProxyOptions.Kind.class)
    @DisplayName("A peer with another name is refused, also one with the proxy's")
    void anotherName(ProxyOptions.Kind kind) throws Exception {
        KeyStore.PrivateKeyEntry identity = identity("localhost");
        try (NettyServer server = server(identity);
                TestProxy proxy = proxy(kind)) {
            ReactorNettyDriver driver = driver(identity, proxy);

            assertThat(Recording.of(driver, Recording.spec(target(server), AddressPolicy.TRUSTED_PROXY))
                            .failure(FailureKind.CONNECT))
                    .hasMessageStartingWith("TLS was not established");
            driver.disposeLater().block(Recording.LIMIT);
            assertThat(server.requests()).isZero();
        }
    }

    /** The JDK has no API that makes a certificate; it has the tool. */
    private KeyStore.PrivateKeyEntry identity(String name) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "peer",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return (KeyStore.PrivateKeyEntry) keys.getEntry("peer", new KeyStore.PasswordProtection(PASSWORD));
    }
}
