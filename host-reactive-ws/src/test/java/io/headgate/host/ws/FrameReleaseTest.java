package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Nothing reference-counted goes further than the codec, and nothing stays in it. */
final class FrameReleaseTest {

    private static final byte[] PAYLOAD = "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final CloseHandshake handshake = new CloseHandshake(Duration.ofSeconds(1), VirtualTimeScheduler.create());
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameCodec(1024, handshake));
    private final ByteBuf payload = Unpooled.buffer().writeBytes(PAYLOAD);

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    static Stream<Named<Function<ByteBuf, WebSocketFrame>>> kinds() {
        return Stream.of(
                Named.of("a text", TextWebSocketFrame::new),
                Named.of("the beginning of a text", bytes -> new TextWebSocketFrame(false, 0, bytes)),
                Named.of("the end of a text", bytes -> new ContinuationWebSocketFrame(true, 0, bytes)),
                Named.of("a binary", BinaryWebSocketFrame::new),
                Named.of("a ping", PingWebSocketFrame::new),
                Named.of("a pong", PongWebSocketFrame::new),
                Named.of("a Close", bytes -> new CloseWebSocketFrame(true, 0, bytes.setShort(0, 1000))));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @DisplayName("Pitfall 15: a frame is released when it was read, whatever state the session is in")
    void everyFrameIsReleased(Function<ByteBuf, WebSocketFrame> kind) {
        channel.writeInbound(kind.apply(payload));
        ByteBuf afterTheClose = Unpooled.buffer().writeBytes(PAYLOAD);
        channel.writeInbound(new CloseWebSocketFrame(), kind.apply(afterTheClose));

        assertThat(payload.refCnt()).isZero();
        assertThat(afterTheClose.refCnt()).isZero();
        assertThat(channel.inboundMessages()).allMatch(Frame.class::isInstance);
    }

    @Test
    @DisplayName("Pitfall 15: a text is the frame's no longer when it is handed on")
    void aTextIsACopy() {
        channel.writeInbound(new TextWebSocketFrame(payload.retain()));
        payload.setZero(0, payload.readableBytes());
        payload.release();

        Frame read = channel.readInbound();
        assertThat(read).isEqualTo(new Frame.Text("hello", 5));
    }

    @Test
    @DisplayName("Pitfall 15: what was collected of a text that is never finished goes with the channel")
    void anUnfinishedText() {
        channel.writeInbound(new TextWebSocketFrame(false, 0, payload));
        channel.close();

        assertThat(payload.refCnt()).isZero();
        Frame read = channel.readInbound();
        assertThat(read).isNull();
    }
}
