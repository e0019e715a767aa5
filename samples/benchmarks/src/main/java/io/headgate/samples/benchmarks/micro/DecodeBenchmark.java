package io.headgate.samples.benchmarks.micro;

import io.headgate.host.ws.LoneCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A read that brings one text frame of ASCII, to a {@code String} by Netty's decoder, and to Headgate's frame: UTF-8 checked and
 * counted.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // by JMH
public class DecodeBenchmark {

    /** The size of the text. */
    @Param({"64", "1024", "16384"})
    public int bytes;

    private ByteBuf read;
    private EmbeddedChannel netty;
    private LoneCodec codec;
    private int decoded;

    /** Makes one read for all: it is retained for each that releases it. */
    @Setup
    public void make() {
        read = frame();
        codec = new LoneCodec(bytes, taken -> decoded++);
        netty = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, bytes), new Texts(() -> decoded++));
    }

    private ByteBuf frame() {
        EmbeddedChannel encoder = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
        encoder.writeOutbound(new TextWebSocketFrame("x".repeat(bytes)));
        ByteBuf whole = PooledByteBufAllocator.DEFAULT.directBuffer();
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            whole.writeBytes(part);
            part.release();
        }
        return whole;
    }

    /** Gives the read back. */
    @TearDown
    public void release() {
        read.release();
    }

    /** The floor. */
    @Benchmark
    public int netty() {
        netty.pipeline().fireChannelRead(read.retainedDuplicate());
        return decoded;
    }

    /** The driver's codec. */
    @Benchmark
    public int headgate() {
        codec.read(read.retainedDuplicate());
        return decoded;
    }

    private static final class Texts extends ChannelInboundHandlerAdapter {

        private final Runnable taken;

        Texts(Runnable taken) {
            this.taken = taken;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            TextWebSocketFrame frame = (TextWebSocketFrame) message;
            String text = frame.text();
            frame.release();
            if (!text.isEmpty()) {
                taken.run();
            }
        }
    }
}
