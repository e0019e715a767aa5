package io.headgate.samples.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Pings one connection, the first that is opened, whatever comes back, and times its pongs: each ping carries when it was due, so that
 * one that goes out late counts as late. On the server's one event loop only.
 */
final class Pings {

    private final long nanosEach;
    private final EventLoop loop;
    private final Histogram took;
    private @Nullable Future<?> ticks;

    Pings(int perSecond, EventLoop loop, Histogram took) {
        this.nanosEach = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.loop = loop;
        this.took = took;
    }

    void opened(Channel channel) {
        if (ticks == null) {
            Due due = new Due(channel);
            ticks = loop.scheduleAtFixedRate(due, nanosEach, nanosEach, TimeUnit.NANOSECONDS);
        }
    }

    /** At a fixed rate: what comes late is made up for. */
    private final class Due implements Runnable {

        private final Channel channel;
        private long nanos = System.nanoTime();

        Due(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void run() {
            nanos += nanosEach;
            channel.writeAndFlush(new PingWebSocketFrame(Unpooled.copyLong(nanos)));
        }
    }

    void answered(ByteBuf payload) {
        if (payload.readableBytes() == Long.BYTES) {
            long nanos = System.nanoTime() - payload.getLong(payload.readerIndex());
            took.recordValue(Math.max(0, Math.min(nanos, took.getHighestTrackableValue())));
        }
    }

    void stop() {
        Future<?> ending = ticks;
        if (ending != null) {
            ending.cancel(false);
        }
    }
}
