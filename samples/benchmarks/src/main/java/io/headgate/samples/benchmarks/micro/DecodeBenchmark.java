package io.headgate.samples.benchmarks.micro;

import io.headgate.host.transport.Frame;
import io.headgate.host.ws.LoneCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole text frame of ASCII, to a {@code String} as Netty makes it, and to Headgate's frame: UTF-8 checked and counted. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // by JMH
public class DecodeBenchmark {

    /** The size of the text. */
    @Param({"64", "1024", "16384"})
    public int bytes;

    private TextWebSocketFrame frame;
    private LoneCodec codec;
    private @Nullable Frame decoded;

    /** Makes one frame for all: it is retained for each that releases it. */
    @Setup
    public void make() {
        ByteBuf payload = PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
        payload.writeCharSequence("x".repeat(bytes), StandardCharsets.UTF_8);
        frame = new TextWebSocketFrame(payload);
        codec = new LoneCodec(bytes, taken -> decoded = taken);
    }

    /** Gives the payload back. */
    @TearDown
    public void release() {
        frame.release();
    }

    /** The floor. */
    @Benchmark
    public String netty() {
        frame.retain();
        String text = frame.text();
        frame.release();
        return text;
    }

    /** The driver's codec. */
    @Benchmark
    public @Nullable Frame headgate() {
        frame.retain();
        codec.read(frame);
        return decoded;
    }
}
