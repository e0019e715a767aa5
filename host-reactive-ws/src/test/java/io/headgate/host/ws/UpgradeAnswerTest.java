package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.DialTimeouts;
import io.headgate.plugin.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** RFC 6455, 4.1: which 101 the driver takes. What the peer wrote comes up nowhere, the libraries' log included. */
final class UpgradeAnswerTest {

    private static final String UPGRADE = "Upgrade: websocket";
    private static final String CONNECTION = "Connection: Upgrade";
    private static final String ACCEPT = "Sec-WebSocket-Accept: {accept}";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol: ";

    private final ReactorNettyDriver driver =
            ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(1));
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void stop() {
        driver.disposeLater().block(Recording.LIMIT);
        root().detachAppender(log);
    }

    static Stream<Arguments> broken() {
        String upgrade = "the peer's 101 does not upgrade to websocket";
        String connection = "the peer's 101 does not upgrade the connection";
        String accept = "the peer's 101 does not accept the key that was sent";
        String extension = "the peer chose an extension, and none was offered";
        String twice = "the peer chose a subprotocol more than once";
        String unasked = "the peer chose a subprotocol that was not offered";
        return Stream.of(
                refused(upgrade, CONNECTION, ACCEPT),
                refused(upgrade, "Upgrade: secret", CONNECTION, ACCEPT),
                refused(upgrade, "Upgrade: secret, websocket", CONNECTION, ACCEPT),
                refused(upgrade, UPGRADE, "Upgrade: secret", CONNECTION, ACCEPT),
                refused(connection, UPGRADE, ACCEPT),
                refused(connection, UPGRADE, "Connection: secret", ACCEPT),
                refused(connection, UPGRADE, "Connection: secret-upgrade", ACCEPT),
                refused(accept, UPGRADE, CONNECTION),
                refused(accept, UPGRADE, CONNECTION, "Sec-WebSocket-Accept: secret"),
                refused(accept, UPGRADE, CONNECTION, "Sec-WebSocket-Accept: {accept}secret"),
                refused(accept, UPGRADE, CONNECTION, ACCEPT, "Sec-WebSocket-Accept: secret"),
                refused(extension, UPGRADE, CONNECTION, ACCEPT, "Sec-WebSocket-Extensions: secret"),
                refused(extension, UPGRADE, CONNECTION, ACCEPT, "Sec-WebSocket-Extensions: permessage-deflate"),
                refused(twice, UPGRADE, CONNECTION, ACCEPT, PROTOCOL + "chat.v1", PROTOCOL + "chat.v1"),
                refused(twice, UPGRADE, CONNECTION, ACCEPT, PROTOCOL + "chat.v1", PROTOCOL + "secret"),
                refused(unasked, UPGRADE, CONNECTION, ACCEPT, PROTOCOL + "secret"),
                refused(unasked, UPGRADE, CONNECTION, ACCEPT, PROTOCOL + "CHAT.V1"),
                refused(unasked, UPGRADE, CONNECTION, ACCEPT, PROTOCOL + "chat.v1, chat.v2"));
    }

    private static Arguments refused(String message, String... headers) {
        return Arguments.of(message, headers);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenAnswerFailsTheHandshakeInTheHostsWords(String message, String[] headers) throws Exception {
        try (RawServer raw = new RawServer(RawServer.upgradeWith(headers))) {
            assertThat(Recording.of(driver, offering(raw)).failure(FailureKind.HANDSHAKE))
                    .hasMessage(message);
            assertThat(raw.received().get(20, TimeUnit.SECONDS)).as("hung up").isEmpty();
        }
        driver.disposeLater().block(Recording.LIMIT);
        assertThat(logged()).isNotEmpty().noneMatch(text -> text.contains("secret") || text.contains("chat.v"));
    }

    @Test
    void headersAreComparedAsTheRfcSays() throws Exception {
        try (RawServer raw = new RawServer(RawServer.upgradeWith(
                "UPGRADE: WebSocket",
                "Connection: keep-alive",
                "connection: x, UPGRADE",
                ACCEPT,
                PROTOCOL + "chat.v1"))) {
            assertThat(Recording.of(driver, offering(raw)).session().subprotocol())
                    .isEqualTo("chat.v1");
        }
    }

    private static ConnectionSpec offering(RawServer raw) {
        return new ConnectionSpec(
                "s",
                "c",
                raw.target(),
                DialTerms.of(AddressPolicy.LOOPBACK).withSubprotocols(List.of("chat.v2", "chat.v1")),
                1024,
                DialTimeouts.defaults(),
                Duration.ofMillis(500));
    }

    private Stream<String> logged() {
        return List.copyOf(log.list).stream()
                .flatMap(event -> Stream.concat(
                        Stream.of(event.getFormattedMessage()),
                        Stream.iterate(event.getThrowableProxy(), IThrowableProxy::getCause)
                                .takeWhile(error -> error != null)
                                .map(error -> String.valueOf(error.getMessage()))));
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
