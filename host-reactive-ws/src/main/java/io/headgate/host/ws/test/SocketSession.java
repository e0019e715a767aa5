package io.headgate.host.ws.test;

import io.headgate.plugin.test.PeerSession;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A session over a real socket. Only accessed by the channel's event loop. */
// Nobody waits for a frame: a session that is gone takes none.
@SuppressWarnings("FutureReturnValueIgnored")
final class SocketSession implements PeerSession {

    private static final int NO_CLOSE_FRAME = 1006;

    private final long epoch;
    private final String uri;
    private final Channel channel;
    private final Consumer<Runnable> guard;
    private final Consumer<String> violations;
    private final Scheduler loop;
    private final Disposable.Composite timers = Disposables.composite();
    private boolean ended;
    private int code = NO_CLOSE_FRAME;

    SocketSession(long epoch, String uri, Channel channel, Consumer<Runnable> guard, Consumer<String> violations) {
        this.epoch = epoch;
        this.uri = uri;
        this.channel = channel;
        this.guard = guard;
        this.violations = violations;
        this.loop = Schedulers.fromExecutorService(channel.eventLoop());
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public void send(String text) {
        if (!ended) {
            channel.writeAndFlush(new TextWebSocketFrame(text));
        }
    }

    @Override
    public void close(int closeCode, String reason) {
        if (!ended) {
            end();
            code = closeCode;
            channel.writeAndFlush(new CloseWebSocketFrame(closeCode, reason)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void cut() {
        if (!ended) {
            end();
            channel.close();
        }
    }

    @Override
    public Disposable after(Duration delay, Runnable task) {
        if (ended) {
            return Disposables.disposed();
        }
        Disposable timer = loop.schedule(() -> guard.accept(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        timers.add(timer);
        return timer;
    }

    @Override
    public long nowMillis() {
        return loop.now(TimeUnit.MILLISECONDS);
    }

    @Override
    public void violated(String rule) {
        violations.accept("in session " + epoch + ": " + rule);
    }

    /** The client's Close frame has come. */
    void closedWith(int closeCode) {
        if (!ended) {
            code = closeCode;
        }
    }

    int code() {
        return code;
    }

    void end() {
        ended = true;
        timers.dispose();
    }

    @Override
    public String toString() {
        return uri + " " + epoch;
    }
}
