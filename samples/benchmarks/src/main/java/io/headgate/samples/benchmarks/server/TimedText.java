package io.headgate.samples.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A text that says when it was due, in 20 digits at its front. */
final class TimedText {

    static final int DIGITS = 20;

    private TimedText() {}

    static ByteBuf frame(ByteBuf payload, long nanos) {
        ByteBuf stamped = Unpooled.buffer(payload.readableBytes())
                .writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        long left = nanos;
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            stamped.setByte(digit, (int) ('0' + left % 10));
            left /= 10;
        }
        ByteBuf frame = Frames.frame(stamped);
        stamped.release();
        return frame;
    }

    static long due(ByteBuf text) {
        long nanos = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            nanos = nanos * 10 + (text.getByte(text.readerIndex() + digit) - '0');
        }
        return nanos;
    }
}
