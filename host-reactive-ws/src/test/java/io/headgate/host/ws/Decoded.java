package io.headgate.host.ws;

import io.headgate.host.transport.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What the decoder makes of bytes, in order and as text; and which buffers it was given. */
final class Decoded implements FrameDecoder.Receiver {

    private static final int SHARED_BYTES = 300;

    private final List<String> seen = new ArrayList<>();
    private final List<ByteBuf> given = new ArrayList<>();
    private final FrameDecoder decoder;
    private final EmbeddedChannel channel;

    Decoded(int maxMessageBytes) {
        decoder = new FrameDecoder(maxMessageBytes, new byte[SHARED_BYTES], this);
        channel = new EmbeddedChannel(decoder);
    }

    /** One read of the socket: a pooled buffer, as the loop's. */
    Decoded read(byte[] bytes, int from, int to) {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(to - from).writeBytes(bytes, from, to - from);
        given.add(buffer);
        channel.writeInbound(buffer);
        return this;
    }

    Decoded read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }

    List<String> seen() {
        return seen;
    }

    EmbeddedChannel channel() {
        return channel;
    }

    FrameDecoder decoder() {
        return decoder;
    }

    List<ByteBuf> given() {
        return given;
    }

    @Override
    public void frame(Frame frame) {
        seen.add(frame instanceof Frame.Text text ? "Text " + text.bytes() + " " + text.text() : frame.toString());
    }

    @Override
    public void ping(byte[] payload) {
        seen.add("Ping " + HexFormat.of().formatHex(payload));
    }

    @Override
    public void closed(Frame.Close close) {
        seen.add("Close " + close.code() + " " + close.reason());
    }

    @Override
    public void violated(ProtocolViolation violation) {
        seen.add(violation.code() + " " + violation.getMessage());
    }
}
