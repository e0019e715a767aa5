package io.headgate.host.ws;

import io.headgate.host.transport.Frame;
import io.headgate.plugin.Initiator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * The end of one session: the first Close frame wins, the host's or the answer to the peer's, and no second one is sent.
 *
 * <pre>
 *   OPEN ─ host closes ───► CLOSING ─ the peer's Close ─► CLOSED ─ FIN | deadline ─► gone
 *     │                        └───── FIN | deadline ────────────────────────────► gone
 *     ├─── peer breaks it ► FAILED ── FIN | deadline ────────────────────────────► gone
 *     └─── peer closes ───► CLOSED
 * </pre>
 *
 * <p>It is the server that ends TCP, and the client that waits for it (RFC 6455, 7.1.1): who ends it first may destroy what
 * the other has not read yet.
 *
 * <p>Every field belongs to the event loop; only the deadline's task runs elsewhere, and does nothing but close.
 */
final class CloseHandshake {

    private final Duration timeout;
    private final Scheduler timers;
    private Runnable listener = () -> {};
    private Disposable deadline = Disposables.disposed();
    private Frame.@Nullable Close first;
    private boolean failed;
    /** Both Close frames have been seen: what comes now is no part of the session any more. */
    private boolean closed;

    CloseHandshake(Duration timeout, Scheduler timers) {
        this.timeout = timeout;
        this.timers = timers;
    }

    boolean isOpen() {
        return first == null;
    }

    /** Whether what the peer sends still counts. */
    boolean isListening() {
        return !failed && !closed;
    }

    void onChange(Runnable changed) {
        listener = changed;
    }

    void changed() {
        listener.run();
    }

    /** Sends the host's Close, if it is the first, and says whether it did. */
    boolean begin(ChannelHandlerContext ctx, int code, String reason) {
        if (first != null || !ctx.channel().isActive()) {
            return false;
        }
        Frame.Close close = new Frame.Close(code, reason, Initiator.HOST);
        first = close;
        send(ctx, close);
        return true;
    }

    /** The peer sent the first Close. From here on it is the first, whoever wants to close while it is delivered. */
    void receive(Frame.Close close) {
        first = close;
        closed = true;
    }

    /** Answers the peer's Close. */
    void answer(ChannelHandlerContext ctx, Frame.Close close) {
        if (ctx.channel().isActive()) {
            send(ctx, close);
        }
    }

    private void send(ChannelHandlerContext ctx, Frame.Close close) {
        deadline = timers.schedule(ctx.channel()::close, timeout.toNanos(), TimeUnit.NANOSECONDS);
        ctx.writeAndFlush(FrameCodec.encode(close)).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        changed();
    }

    /** The peer broke the protocol: its frames have failed already, so the end adds nothing to them. */
    boolean fail(ChannelHandlerContext ctx, int code) {
        boolean begun = begin(ctx, code, "");
        failed |= begun;
        return begun;
    }

    /** The peer sent a Close which is not the first, or broke the protocol behind the host's. Returns the host's Close, where this is what ends the session. */
    Frame.@Nullable Close answered() {
        Frame.Close end = isListening() ? first : null;
        closed = true;
        return end;
    }

    /** The socket is closed. Returns the host's Close, where this is what ends the session. */
    Frame.@Nullable Close gone() {
        deadline.dispose();
        return answered();
    }
}
