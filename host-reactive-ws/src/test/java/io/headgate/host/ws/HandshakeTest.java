package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Target;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** The dial up to the 101, and what can come instead of it. */
final class HandshakeTest {

    private static final int TEXT = 0x81;

    private final NettyServer server = new NettyServer(null);
    private final ReactorNettyDriver driver =
            ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(1));

    @AfterEach
    void stop() {
        driver.disposeLater().block(Recording.LIMIT);
        server.close();
    }

    private Recording dial(Target target) {
        return Recording.of(driver, Recording.spec(target, "plugin/service"));
    }

    @Test
    @DisplayName("A frame in the same segment as the 101 is not lost")
    void aFrameBehindThe101() throws Exception {
        try (RawServer raw = new RawServer(RawServer.upgradeAnd(TEXT, 2, 'h', 'i', TEXT, 1, '!', 0x88, 0))) {
            StepVerifier.create(dial(raw.target()).frames().map(Frame::toString))
                    .expectNext("Text[2 bytes]", "Text[1 bytes]", "Close[1005 by PEER]")
                    .expectComplete()
                    .verify(Recording.LIMIT);
            byte[] sent = raw.received().get(20, TimeUnit.SECONDS);
            assertThat(sent)
                    .as("an empty masked Close, and no second one")
                    .hasSize(6)
                    .startsWith(0x88, 0x80);
        }
    }

    @Test
    @DisplayName("Pitfall 3: a redirection is not followed, and only the origin of its location is told")
    void aRedirection() {
        server.refusing(
                HttpResponseStatus.FOUND,
                Map.of("Location", "https://u:secret@other.example:8443/secret?secret"),
                new byte[0]);
        TransportException failure = dial(server.target(Answer.REFUSE)).failure(FailureKind.HANDSHAKE);

        assertThat(failure)
                .hasMessage("the peer answered 302 instead of 101, a redirection to https://other.example:8443:"
                        + " redirections are not followed");
        assertThat(failure.status()).isEqualTo(302);
    }

    @Test
    @DisplayName("Pitfall 6: no extension is offered")
    void theRequest() {
        dial(server.target(Answer.ACCEPT)).session();

        assertThat(server.request().headers().contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS))
                .isFalse();
        assertThat(server.request().headers().get(HttpHeaderNames.USER_AGENT)).isEqualTo("Headgate");
        assertThat(server.request().uri()).isEqualTo("/ACCEPT?token=secret");
        assertThat(server.request().headers().get(HttpHeaderNames.HOST)).isEqualTo("localhost:" + server.port());
    }

    @Test
    @DisplayName("A refusal with a large body keeps its status and its Retry-After")
    void aLargeRefusal() {
        server.refusing(HttpResponseStatus.SERVICE_UNAVAILABLE, Map.of("Retry-After", "17"), new byte[100_000]);
        TransportException failure = dial(server.target(Answer.REFUSE)).failure(FailureKind.HANDSHAKE);

        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    @DisplayName("A refusal whose body never ends is told at its head")
    void anEndlessRefusal() throws Exception {
        String head = "HTTP/1.1 429 secret\r\nDate: Fri, 06 Nov 2026 08:00:00 GMT\r\n"
                + "Retry-After: Fri, 06 Nov 2026 08:01:30 GMT\r\nContent-Length: 1000000\r\n\r\n";
        try (RawServer raw = new RawServer(RawServer.text(head))) {
            TransportException failure = dial(raw.target()).failure(FailureKind.HANDSHAKE);

            assertThat(failure).hasMessage("the peer answered 429 instead of 101");
            assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(90));
        }
    }

    @Test
    void whatIsNotHttpFailsTheHandshake() throws Exception {
        try (RawServer raw = new RawServer(RawServer.text("SSH-2.0-secret\r\n\r\n"))) {
            dial(raw.target()).failure(FailureKind.HANDSHAKE);
        }
    }

    @Test
    void anEarlyHintIsNoAnswer() throws Exception {
        RawServer.Answer answer = request -> {
            byte[] hints = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            byte[] upgrade = RawServer.upgradeAnd(TEXT, 1, 'x', 0x88, 0).to(request);
            byte[] all = java.util.Arrays.copyOf(hints, hints.length + upgrade.length);
            System.arraycopy(upgrade, 0, all, hints.length, upgrade.length);
            return all;
        };
        try (RawServer raw = new RawServer(answer)) {
            StepVerifier.create(dial(raw.target()).frames())
                    .expectNext(new Frame.Text("x", 1))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(Recording.LIMIT);
        }
    }

    @Test
    void cancellingADialHangsUp() throws Exception {
        java.util.concurrent.CountDownLatch asked = new java.util.concurrent.CountDownLatch(1);
        try (RawServer raw = new RawServer(request -> {
            asked.countDown();
            return new byte[0];
        })) {
            Recording recording = dial(raw.target());
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            recording.cancel();

            assertThat(raw.received().get(20, TimeUnit.SECONDS)).isEmpty();
            assertThat(driver.homes().services()).isZero();
        }
    }
}
