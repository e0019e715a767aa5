package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.Frame;
import io.headgate.host.transport.TransportException;
import io.headgate.host.ws.test.Octets;
import io.headgate.host.ws.test.WireFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.NettyPipeline;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Nothing reference-counted goes further than the codec, and nothing stays in it. */
final class FrameReleaseTest {

    private static final Octets PAYLOAD = Octets.utf8("hello");

    private final CloseHandshake handshake = new CloseHandshake(Duration.ofSeconds(1), VirtualTimeScheduler.create());
    private final CountingPool pool = new CountingPool();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Throwable> violations = new ArrayList<>();

    @BeforeEach
    void install() {
        channel.config().setAllocator(pool);
        channel.pipeline().addLast("ws-decoder", new ChannelInboundHandlerAdapter());
        channel.pipeline().addLast(NettyPipeline.ReactiveBridge, new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable violation) {
                violations.add(violation);
            }
        });
        new FrameCodec(1024, handshake, new byte[64]).install(channel.pipeline());
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    static Stream<Named<WireFrame>> kinds() {
        return Stream.of(
                Named.of("a text", WireFrame.text("hello")),
                Named.of("the beginning of a text", WireFrame.text("hello").unfinished()),
                Named.of("the end of a text", WireFrame.continuation(PAYLOAD)),
                Named.of("a binary", WireFrame.binary(PAYLOAD)),
                Named.of("a ping", WireFrame.ping(PAYLOAD)),
                Named.of("a pong", WireFrame.pong(PAYLOAD)),
                Named.of("a Close", WireFrame.close(1000, "hello")),
                Named.of("a masked text", WireFrame.text("hello").withMask(true)));
    }

    private static ByteBuf bytes(WireFrame frame) {
        return bytes(frame.bytes().toArray());
    }

    private static ByteBuf bytes(byte... bytes) {
        return ByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @DisplayName("Pitfall 15: what was read is released, whatever state the session is in")
    void everyFrameIsReleased(WireFrame frame) {
        ByteBuf inOne = bytes(frame);
        channel.writeInbound(inOne);
        ByteBuf afterTheClose = bytes(frame);
        channel.writeInbound(bytes(WireFrame.close(1000, "")), afterTheClose);

        assertThat(inOne.refCnt()).isZero();
        assertThat(afterTheClose.refCnt()).isZero();
        assertThat(channel.inboundMessages()).allMatch(Frame.class::isInstance);
        assertThat(violations).hasOnlyElementsOfType(TransportException.class);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @DisplayName("Pitfall 15: so is what was collected of it where it came in two reads")
    void everyCollectedFrameIsReleased(WireFrame frame) {
        byte[] whole = frame.bytes().toArray();
        channel.writeInbound(bytes(Arrays.copyOf(whole, 4)));
        channel.writeInbound(bytes(Arrays.copyOfRange(whole, 4, whole.length)));

        assertThat(pool.unreleased()).isZero();
    }

    @Test
    @DisplayName("Pitfall 15: a text is the read's no longer when it is handed on")
    void aTextIsACopy() {
        ByteBuf read = bytes(WireFrame.text("hello")).retain();
        channel.writeInbound(read);
        read.setZero(0, read.capacity());
        read.release();
        channel.writeInbound(bytes(WireFrame.text("other")));

        Frame first = channel.readInbound();
        assertThat(first).isEqualTo(new Frame.Text("hello", 5));
    }

    @Test
    @DisplayName("Pitfall 15: what was collected of a frame that is never finished goes with the channel")
    void anUnfinishedFrame() {
        channel.writeInbound(bytes((byte) 0x81, (byte) 5, (byte) 'h'));
        assertThat(pool.unreleased()).isOne();
        channel.close();

        assertThat(pool.unreleased()).isZero();
        Frame read = channel.readInbound();
        assertThat(read).isNull();
    }
}
