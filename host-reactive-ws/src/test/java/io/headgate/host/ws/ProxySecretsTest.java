package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.Target;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Invariant 8: neither the login nor a proxy's words are in any log at TRACE, any message or any {@code toString}. */
final class ProxySecretsTest {

    private static final String BASIC = "Y2FuYXJ5LXVzZXI6Y2FuYXJ5LXBhc3N3b3Jk";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final NettyServer server = new NettyServer(null);

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void stop() {
        listenNoMore();
        server.close();
    }

    private void listenNoMore() {
        root.setLevel(before);
        root.detachAppender(log);
        log.stop();
    }

    private Recording dial(ReactorNettyDriver driver) {
        Target target =
                new Target("ws", "gateway.test", server.target(Answer.ACCEPT).port(), "/ACCEPT", "");
        return Recording.of(driver, Recording.spec(target, AddressPolicy.TRUSTED_PROXY));
    }

    private static ReactorNettyDriver driver(TestProxy proxy) {
        return ReactorNettyDriver.create(WebSocketOptions.defaults()
                .withEventLoops(1)
                .withProxy(proxy.options().withLogin("canary-user", "canary-password")));
    }

    private void expectSilence() {
        listenNoMore();
        List<String> said = List.copyOf(log.list).stream()
                .flatMap(event -> Stream.concat(
                        Stream.of(event.getFormattedMessage()),
                        Stream.iterate(event.getThrowableProxy(), IThrowableProxy::getCause)
                                .takeWhile(error -> error != null)
                                .map(error -> String.valueOf(error.getMessage()))))
                .toList();

        assertThat(said)
                .isNotEmpty()
                .noneMatch(text -> text.contains("canary") || text.contains(BASIC) || text.contains("hostile"));
    }

    private void expectSilenceOfRefusal(TestProxy made) {
        try (TestProxy proxy = made) {
            ReactorNettyDriver driver = driver(proxy);
            assertThat(dial(driver).failure(FailureKind.CONNECT))
                    .hasMessageNotContaining("canary")
                    .hasMessageNotContaining("hostile");
            driver.disposeLater().block(Recording.LIMIT);
        }
        expectSilence();
    }

    @Test
    void aRefusal() {
        expectSilenceOfRefusal(ConnectProxy.saying("HTTP/1.1 407 hostile\r\nX: hostile\r\n\r\nhostile"));
    }

    @Test
    void garbage() {
        expectSilenceOfRefusal(ConnectProxy.saying("HTTP/1.1 hostile\r\n\r\n"));
    }

    @Test
    void aRefusedLogin() {
        expectSilenceOfRefusal(new SocksProxy(SocksProxy.bytes(5, 2), SocksProxy.bytes(1, 1), SocksProxy.bytes()));
    }

    @Test
    @DisplayName("An open tunnel, of each kind")
    void aTunnel() {
        for (TestProxy made : List.of(new ConnectProxy(), SocksProxy.wantingLogin())) {
            try (TestProxy proxy = made) {
                ReactorNettyDriver driver = driver(proxy);
                Recording recording = dial(driver);
                recording.session();
                recording.cancel();
                driver.disposeLater().block(Recording.LIMIT);
            }
        }
        expectSilence();
    }

    @Test
    void aToString() {
        ProxyOptions options = ProxyOptions.socks5("proxy.test", 1080).withLogin("canary-user", "canary-password");

        assertThat(WebSocketOptions.defaults().withProxy(options).toString())
                .contains("proxy.test", "ProxyLogin[not shown]")
                .doesNotContain("canary");
    }
}
