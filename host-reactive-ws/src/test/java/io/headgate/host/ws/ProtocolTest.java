package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Wire;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Frames and messages as the peer really sends them, good and bad (R6). */
final class ProtocolTest {

    private static final byte[] EURO = "€".getBytes(StandardCharsets.UTF_8);

    private final NettyServer server = new NettyServer(null);
    private final ReactorNettyDriver driver = ReactorNettyDriver.create(
            WebSocketOptions.defaults().withEventLoops(1).withWriteHighBytes(1024));
    private Recording recording;
    private NettyPeer peer;

    @BeforeEach
    void open() {
        recording = Recording.of(driver, Recording.spec(server.target(Answer.ACCEPT), "plugin/service"));
        peer = Objects.requireNonNull(server.peer().block(Recording.LIMIT));
    }

    @AfterEach
    void stop() {
        driver.disposeLater().block(Recording.LIMIT);
        server.close();
    }

    @ParameterizedTest(name = "{0} is closed with {1}")
    @CsvSource({
        "a masked frame,                1002, 81 81 00 00 00 00 78",
        "a reserved bit,                1002, c1 01 78",
        "a reserved opcode,             1002, 83 00",
        "a fragmented ping,             1002, 09 00",
        "a continuation of nothing,     1002, 80 01 78",
        "a close code that is not sent, 1002, 88 02 03 ed",
        "a close code nobody defines,   1002, 88 02 13 88",
        "the largest close code,        1002, 88 02 ff ff",
        "a length beyond the bound,     1009, 81 7e 04 01",
        "a huge length,                 1009, 82 7f 00 00 00 7f ff ff ff ff",
        "Pitfall 10: text not UTF-8,    1007, 81 02 c3 28",
        "Pitfall 10: a lone surrogate,  1007, 81 03 ed a0 80",
        "Pitfall 10: a cut-off text,    1007, 81 02 e2 82",
        "Pitfall 10: hopeless in a fragment with more to come, 1007, 01 02 f4 90",
        "Pitfall 10: hopeless after a fragment that was not, 1007, 01 01 e2 00 01 41",
        "a close reason not UTF-8,      1007, 88 04 03 e8 c3 28",
    })
    void whatBreaksTheProtocol(String what, int code, String hex) {
        peer.raw(Arrays.stream(hex.split(" "))
                .mapToInt(octet -> Integer.parseInt(octet, 16))
                .toArray());

        recording.failure(FailureKind.PROTOCOL);
        StepVerifier.create(peer.received()
                        .cast(Frame.Close.class)
                        .map(Frame.Close::code)
                        .collectList())
                .as(what)
                .expectNext(List.of(code))
                .expectComplete()
                .verify(Recording.LIMIT);
    }

    @Test
    @DisplayName("Pitfall 5: fragments are one message, pings may come between, characters may be split")
    void fragments() {
        peer.send(new TextWebSocketFrame(false, 0, Unpooled.wrappedBuffer(EURO, 0, 1)))
                .send(new PingWebSocketFrame())
                .send(new ContinuationWebSocketFrame(false, 0, Unpooled.EMPTY_BUFFER))
                .send(new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(EURO, 1, 2)))
                .send(new BinaryWebSocketFrame(false, 0, Unpooled.wrappedBuffer(EURO)))
                .send(new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(EURO)))
                .text("\uFFFD")
                .end();

        StepVerifier.create(recording.frames())
                .expectNext(new Frame.Ping(0), new Frame.Text("€", 3), new Frame.Binary(6), new Frame.Text("\uFFFD", 3))
                .expectComplete()
                .verify(Recording.LIMIT);
    }

    @Test
    @DisplayName("Pitfall 5: fragments that exceed the bound together are closed with 1009")
    void tooManyFragments() {
        peer.send(new TextWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[1000])))
                .send(new ContinuationWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[25])));

        assertThat(recording.failure(FailureKind.PROTOCOL)).hasMessage("a message of the peer exceeded 1024 bytes");
        StepVerifier.create(peer.received().map(Frame::toString))
                .expectNext("Close[1009 by HOST]")
                .expectComplete()
                .verify(Recording.LIMIT);
    }

    @Test
    @DisplayName("Pitfall 14: a peer that does not read makes the wire unwritable, and every write is decided")
    void aStalledPeer() {
        peer.reading(false);
        Sinks.Many<Boolean> outcomes = Sinks.many().replay().all();
        int written = writeWhileWritable(outcomes);
        recording.session().wire().abort();

        StepVerifier.create(
                        outcomes.asFlux().take(written).filter(sent -> !sent).hasElements())
                .expectNext(true)
                .expectComplete()
                .verify(Recording.LIMIT);
    }

    /** Fills the sockets' buffers and then Netty's. Returns how many texts that took. */
    private int writeWhileWritable(Sinks.Many<Boolean> outcomes) {
        String text = "x".repeat(64 * 1024);
        Wire wire = recording.session().wire();
        return Objects.requireNonNull(Mono.<Integer>create(sink -> wire.execute(() -> {
                    int written = 0;
                    while (wire.isWritable() && written < 10_000) {
                        wire.write(text, error -> outcomes.tryEmitNext(error == null));
                        wire.flush();
                        written++;
                    }
                    sink.success(written);
                }))
                .block(Recording.LIMIT));
    }
}
