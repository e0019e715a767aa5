package io.headgate.host.ws;

import io.headgate.host.transport.Frame;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;
import reactor.core.scheduler.Schedulers;

/**
 * The driver's codec with nothing before it. In the driver's package, though in another jar, as the codec is nobody's business
 * outside it but a benchmark's. One thread.
 */
@NullMarked
public final class LoneCodec {

    private final FrameCodec codec;
    private final ChannelHandlerContext context;

    /**
     * Makes one.
     *
     * @param maxMessageBytes the largest message
     * @param frames takes what comes out
     */
    public LoneCodec(int maxMessageBytes, Consumer<Frame> frames) {
        codec = new FrameCodec(maxMessageBytes, new CloseHandshake(Duration.ofSeconds(1), Schedulers.immediate()));
        EmbeddedChannel channel = new EmbeddedChannel(codec, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object frame) {
                frames.accept(codec.taken(frame));
            }
        });
        context = channel.pipeline().context(codec);
    }

    /**
     * Hands in a frame, and so releases it.
     *
     * @param frame what Netty's decoder has made
     */
    public void read(WebSocketFrame frame) {
        codec.channelRead(context, frame);
    }
}
