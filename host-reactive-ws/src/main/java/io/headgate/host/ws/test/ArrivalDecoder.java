package io.headgate.host.ws.test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the peer's bytes: one HTTP request, then frames. Lenient: what to think of a frame is for the script to say. */
final class ArrivalDecoder extends ByteToMessageDecoder {

    static final int MAX_REQUEST_BYTES = 64 * 1024;
    static final int MAX_FRAME_BYTES = 64 * 1024 * 1024;

    private static final ByteBuf END_OF_HEAD =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n\r\n", StandardCharsets.US_ASCII));

    private boolean upgraded;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        Arrival next = upgraded ? frame(in) : request(in);
        if (next != null) {
            upgraded = true;
            out.add(next);
        }
    }

    private static @Nullable Arrival request(ByteBuf in) {
        int bytes = ByteBufUtil.indexOf(END_OF_HEAD, in) - in.readerIndex();
        if (bytes < 0) {
            bounded("a request", in.readableBytes(), MAX_REQUEST_BYTES);
            return null;
        }
        String head = in.readCharSequence(bytes, StandardCharsets.ISO_8859_1).toString();
        in.skipBytes(END_OF_HEAD.readableBytes());
        String[] lines = head.split("\r\n", -1);
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).trim());
            }
        }
        return new Arrival.Request(lines[0], headers);
    }

    private static @Nullable Arrival frame(ByteBuf in) {
        int start = in.readerIndex();
        if (in.readableBytes() < 2) {
            return null;
        }
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        boolean masked = (second & 0x80) != 0;
        int lengthBytes = (second & 0x7f) == 127 ? 8 : (second & 0x7f) == 126 ? 2 : 0;
        if (in.readableBytes() < lengthBytes + (masked ? 4 : 0)) {
            in.readerIndex(start);
            return null;
        }
        long length = lengthBytes == 8 ? in.readLong() : lengthBytes == 2 ? in.readUnsignedShort() : second & 0x7f;
        bounded("a frame", length, MAX_FRAME_BYTES);
        int mask = masked ? in.readInt() : 0;
        if (in.readableBytes() < length) {
            in.readerIndex(start);
            return null;
        }
        byte[] payload = new byte[(int) length];
        in.readBytes(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= (byte) (mask >> (8 * (3 - i % 4)));
        }
        return new Arrival.Frame(
                new WireFrame((first & 0x80) != 0, first >> 4 & 7, first & 0xf, masked, Octets.of(payload)));
    }

    private static void bounded(String what, long bytes, int most) {
        if (bytes < 0 || bytes > most) {
            throw new IllegalStateException(what + " of the peer's exceeds the kit's bound of " + most + " bytes");
        }
    }
}
