package io.headgate.host.service;

import io.headgate.host.pipeline.FrameListener;
import io.headgate.host.transport.Frame;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the frames of one connection. Written by the session's thread, read by any. */
final class FrameMeter implements FrameListener {

    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong binary = new AtomicLong();
    private final AtomicLong pings = new AtomicLong();
    private final AtomicLong pongs = new AtomicLong();
    private volatile long lastFrameAtMillis;

    @Override
    public void arrived(Frame frame, long atMillis) {
        frames.incrementAndGet();
        lastFrameAtMillis = atMillis;
        bytes.addAndGet(frame instanceof Frame.Close ? 0 : frame.bytes());
        if (frame instanceof Frame.Binary) {
            binary.incrementAndGet();
        } else if (frame instanceof Frame.Ping) {
            pings.incrementAndGet();
        } else if (frame instanceof Frame.Pong) {
            pongs.incrementAndGet();
        }
    }

    long lastFrameAtMillis() {
        return lastFrameAtMillis;
    }

    FrameCounts snapshot() {
        return new FrameCounts(frames.get(), bytes.get(), binary.get(), pings.get(), pongs.get());
    }
}
