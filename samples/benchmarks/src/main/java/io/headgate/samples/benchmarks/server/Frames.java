package io.headgate.samples.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Unmasked text frames, encoded ahead: a server that floods must not be the slower side. */
final class Frames {

    private static final int TEXT_FIN = 0x81;
    private static final int SIXTEEN_BITS = 126;
    private static final int MAX_SHORT = 125;
    private static final int CHUNK = 64 << 10;

    private Frames() {}

    /** A text of letters and digits, as long as is asked for. */
    static ByteBuf payload(int bytes) {
        ByteBuf payload = Unpooled.directBuffer(bytes);
        for (int i = 0; i < bytes; i++) {
            payload.writeByte('0' + i % 10);
        }
        return payload;
    }

    static ByteBuf frame(ByteBuf payload) {
        int length = payload.readableBytes();
        if (length > 0xFFFF) {
            throw new IllegalArgumentException("a text must have at most 65535 bytes, has " + length);
        }
        ByteBuf frame = Unpooled.directBuffer(4 + length).writeByte(TEXT_FIN);
        if (length <= MAX_SHORT) {
            frame.writeByte(length);
        } else {
            frame.writeByte(SIXTEEN_BITS).writeShort(length);
        }
        return frame.writeBytes(payload, payload.readerIndex(), length);
    }

    /** As many copies of a frame as make up some 64 KiB. */
    static ByteBuf chunk(ByteBuf frame) {
        int length = frame.readableBytes();
        int copies = framesInChunk(frame);
        ByteBuf chunk = Unpooled.directBuffer(copies * length);
        for (int i = 0; i < copies; i++) {
            chunk.writeBytes(frame, frame.readerIndex(), length);
        }
        return chunk;
    }

    static int framesInChunk(ByteBuf frame) {
        return Math.max(1, CHUNK / frame.readableBytes());
    }
}
