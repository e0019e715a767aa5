package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.Frame;
import io.headgate.host.ws.test.WireFrame;
import io.headgate.plugin.Initiator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The end of a session where its subscriber takes part in it, or takes no part at all. */
final class CloseFromWithinTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final CloseHandshake handshake = new CloseHandshake(Duration.ofSeconds(5), time);
    private final FrameCodec codec = new FrameCodec(1000, handshake, new byte[8]);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Object> delivered = new ArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();

    private ChannelHandlerContext installed(BiConsumer<NettyWire, Frame> subscriber) {
        channel.pipeline().addLast(new ChannelDuplexHandler() {
            @Override
            public void read(ChannelHandlerContext ctx) {
                reads.incrementAndGet();
                ctx.read();
            }
        });
        channel.pipeline().addLast("ws-decoder", new ChannelInboundHandlerAdapter());
        channel.pipeline().addLast(NettyPipeline.ReactiveBridge, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                delivered.add(message);
                subscriber.accept(new NettyWire(channel.pipeline().context(codec), handshake), (Frame) message);
            }
        });
        return codec.install(channel.pipeline());
    }

    private void arrives(WireFrame frame) {
        channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(frame.bytes().toArray()));
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
        time.dispose();
    }

    @Test
    @DisplayName("Pitfall 8: who closes on seeing the peer's Close comes second")
    void aCloseOnSeeingTheClose() {
        installed((wire, frame) -> {
            codec.taken(frame);
            wire.close(1000, "");
        });
        arrives(WireFrame.close(4001, "bye"));
        CloseWebSocketFrame answer = channel.readOutbound();
        arrives(WireFrame.text("late"));
        channel.close();

        assertThat(answer.statusCode()).isEqualTo(4001);
        answer.release();
        assertThat(delivered).containsExactly(new Frame.Close(4001, "bye", Initiator.PEER));
    }

    @Test
    void afterAPeersCloseTheEndOfTcpIsSeenThoughNobodyAsks() {
        channel.config().setAutoRead(false);
        installed((wire, frame) -> {});
        arrives(WireFrame.text("nobody asks for it"));
        arrives(WireFrame.close(1001, ""));

        assertThat(reads).hasPositiveValue();
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void noDeadlineIsLeftOfAnAnswerToAPeerThatIsGone() {
        installed((wire, frame) -> channel.close());
        arrives(WireFrame.close(1001, ""));

        assertThat(time.getScheduledTaskCount()).isZero();
    }
}
