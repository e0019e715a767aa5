package io.headgate.samples.benchmarks.server;

import io.netty.buffer.ByteBuf;

/** The texts of a paced load, as frames. */
interface Texts {

    /** One text, due at that {@link System#nanoTime}; whoever writes it releases it. */
    ByteBuf frame(long due);

    /** No more are made. */
    void release();

    /** All alike. */
    static Texts alike(int bytes) {
        ByteBuf payload = Frames.payload(bytes);
        ByteBuf frame = Frames.frame(payload);
        payload.release();
        return new Texts() {
            @Override
            public ByteBuf frame(long due) {
                return frame.retainedDuplicate();
            }

            @Override
            public void release() {
                frame.release();
            }
        };
    }

    /** Each with the time that it is due at, at its front. */
    static Texts timed(int bytes) {
        ByteBuf payload = Frames.payload(bytes);
        return new Texts() {
            @Override
            public ByteBuf frame(long due) {
                return TimedText.frame(payload, due);
            }

            @Override
            public void release() {
                payload.release();
            }
        };
    }
}
