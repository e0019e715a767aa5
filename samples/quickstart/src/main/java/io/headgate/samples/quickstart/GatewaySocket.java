package io.headgate.samples.quickstart;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The gateway's end of one WebSocket. It writes to the channel itself, because only a frame's own promise tells whether it
 * left. Only accessed by the channel's event loop.
 */
final class GatewaySocket {

    private static final long CLOSE_SECONDS = 2;

    private final Channel channel;
    private final GatewayTally tally;
    private final GatewayTally.Path path;
    private boolean ended;

    GatewaySocket(Channel channel, GatewayTally tally, GatewayTally.Path path) {
        this.channel = channel;
        this.tally = tally;
        this.path = path;
    }

    /** The channel's event loop, so that a session's timers need no lock. */
    Scheduler loop() {
        return Schedulers.fromExecutorService(channel.eventLoop());
    }

    boolean ended() {
        return ended;
    }

    /** Sends a text. */
    boolean send(String text) {
        boolean taken = write(text);
        flush();
        return taken;
    }

    /** Hands a text over, to leave at the next flush; unless the gateway says nothing more on this socket. */
    boolean write(String text) {
        if (ended || tally.silent) {
            return false;
        }
        path.undecided.incrementAndGet();
        channel.write(new TextWebSocketFrame(text)).addListener(this::written);
        return true;
    }

    void flush() {
        channel.flush();
    }

    private void written(Future<? super Void> write) {
        if (write.isSuccess()) {
            path.sent.incrementAndGet();
        }
        path.undecided.decrementAndGet();
    }

    /** Closes because a rule was broken; reads on until the client has closed too, so that the counts stay exact. */
    void close(int code, String reason) {
        if (ended) {
            return;
        }
        ended = true;
        tally.violations.incrementAndGet();
        channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends the way out with a FIN and no Close frame, after all that was sent before; reads on until the client goes. */
    void cut() {
        if (!ended) {
            ended = true;
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(flushed -> ((DuplexChannel) channel).shutdownOutput());
        }
    }
}
