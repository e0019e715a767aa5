package io.headgate.samples.benchmarks.server;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * So many texts a second, over all connections in turn, whatever comes back: an open loop. A text that goes out late is late by
 * its own due time, and not by that of the one before it.
 */
final class Pace implements Load {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<Channel> channels;
    private final Texts texts;
    private final double nanosEach;
    private final long began = System.nanoTime();
    private final Future<?> ticks;
    private long sent;

    /**
     * Begins.
     *
     * @param texts makes them; its release is the pace's
     */
    Pace(int perSecond, List<Channel> channels, EventLoop loop, Texts texts) {
        this.channels = List.copyOf(channels);
        this.texts = texts;
        this.nanosEach = (double) TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.ticks = loop.scheduleAtFixedRate(this::tick, TICK_NANOS, TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        for (long due = due(sent); due <= System.nanoTime(); due = due(sent)) {
            channels.get((int) (sent % channels.size())).writeAndFlush(texts.frame(due));
            sent++;
        }
    }

    private long due(long number) {
        return began + (long) (number * nanosEach);
    }

    @Override
    public void writable(Channel channel) {
        // What is due is written all the same.
    }

    @Override
    public void stop() {
        ticks.cancel(false);
        texts.release();
    }

    @Override
    public long sent() {
        return sent;
    }
}
