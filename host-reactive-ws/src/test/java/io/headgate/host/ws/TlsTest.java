package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Target;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Initiator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

/** {@code wss}: whom the driver trusts. */
final class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aTrustedPeerIsDialled() throws Exception {
        KeyStore.PrivateKeyEntry identity = identity("localhost");
        try (NettyServer server = new NettyServer(tls(identity))) {
            ReactorNettyDriver driver = trusting(identity);
            Recording recording = dial(driver, server.target(Answer.ACCEPT));
            Objects.requireNonNull(server.peer().block(Recording.LIMIT))
                    .text("hello")
                    .close(1000, "");

            StepVerifier.create(recording.frames())
                    .expectNext(new Frame.Text("hello", 5), new Frame.Close(1000, "", Initiator.PEER))
                    .expectComplete()
                    .verify(Recording.LIMIT);
            driver.disposeLater().block(Recording.LIMIT);
        }
    }

    @Test
    void aPeerUnderAnotherNameIsRefused() throws Exception {
        KeyStore.PrivateKeyEntry identity = identity("other.example");
        expectRefused(identity, trusting(identity));
    }

    @Test
    void aPeerTheSystemDoesNotTrustIsRefused() throws Exception {
        expectRefused(identity("localhost"), ReactorNettyDriver.create());
    }

    private static void expectRefused(KeyStore.PrivateKeyEntry identity, ReactorNettyDriver driver) throws Exception {
        try (NettyServer server = new NettyServer(tls(identity))) {
            assertThat(dial(driver, server.target(Answer.ACCEPT)).failure(FailureKind.CONNECT))
                    .hasMessageStartingWith("TLS was not established");
            driver.disposeLater().block(Recording.LIMIT);
        }
    }

    private static Recording dial(ReactorNettyDriver driver, Target target) {
        return Recording.of(driver, Recording.spec(target, "plugin/service"));
    }

    private static ReactorNettyDriver trusting(KeyStore.PrivateKeyEntry identity) {
        return ReactorNettyDriver.create(
                WebSocketOptions.defaults().withTrusted(List.of((X509Certificate) identity.getCertificate())));
    }

    private static SslContext tls(KeyStore.PrivateKeyEntry identity) throws Exception {
        PrivateKey key = identity.getPrivateKey();
        return SslContextBuilder.forServer(key, (X509Certificate) identity.getCertificate())
                .build();
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
