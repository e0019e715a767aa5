package io.headgate.samples.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.Collection;

/** As many texts as each connection takes. */
final class Flood implements Load {

    private final ByteBuf chunk;
    private final int framesInChunk;
    private boolean running = true;
    private long sent;

    Flood(int bytes, Collection<Channel> channels) {
        ByteBuf payload = Frames.payload(bytes);
        ByteBuf frame = Frames.frame(payload);
        this.chunk = Frames.chunk(frame);
        this.framesInChunk = Frames.framesInChunk(frame);
        payload.release();
        frame.release();
        channels.forEach(this::writable);
    }

    @Override
    public void writable(Channel channel) {
        while (running && channel.isActive() && channel.isWritable()) {
            ChannelFuture written = channel.write(chunk.retainedDuplicate());
            if (written.isDone() && !written.isSuccess()) {
                // It closes: it refuses all from now on, and is writable for ever.
                break;
            }
            sent += framesInChunk;
        }
        channel.flush();
    }

    @Override
    public void stop() {
        running = false;
        chunk.release();
    }

    @Override
    public long sent() {
        return sent;
    }
}
