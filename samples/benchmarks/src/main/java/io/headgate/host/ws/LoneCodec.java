package io.headgate.host.ws;

import io.headgate.host.transport.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;

/**
 * The driver's codec with nothing before it. In the driver's package, though in another jar, as the codec is nobody's business
 * outside it but a benchmark's. One thread.
 */
@NullMarked
public final class LoneCodec {

    private static final String DECODER = "ws-decoder";

    private final EmbeddedChannel channel = new EmbeddedChannel();

    /**
     * Makes one.
     *
     * @param maxMessageBytes the largest message
     * @param frames takes what comes out
     */
    public LoneCodec(int maxMessageBytes, Consumer<Frame> frames) {
        CloseHandshake handshake = new CloseHandshake(Duration.ofSeconds(1), Schedulers.immediate());
        FrameCodec codec = new FrameCodec(maxMessageBytes, handshake, new DecodeArrays().of(channel.eventLoop()));
        channel.pipeline()
                .addLast(DECODER, new ChannelInboundHandlerAdapter())
                .addLast(NettyPipeline.ReactiveBridge, new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object frame) {
                        frames.accept(codec.taken(frame));
                    }
                });
        codec.install(channel.pipeline());
    }

    /**
     * Hands in bytes, and so releases them.
     *
     * @param bytes what the socket has brought
     */
    public void read(ByteBuf bytes) {
        channel.pipeline().fireChannelRead(bytes);
    }
}
