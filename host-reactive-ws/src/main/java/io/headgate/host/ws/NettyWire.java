package io.headgate.host.ws;

import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.Wire;
import io.headgate.host.transport.WriteListener;
import io.headgate.plugin.FailureKind;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.RejectedExecutionException;

/** A channel's outbound half, from the frame codec on. Stateless but for the close handshake, which the event loop owns. */
final class NettyWire implements Wire {

    private final ChannelHandlerContext ctx;
    private final CloseHandshake handshake;

    NettyWire(ChannelHandlerContext ctx, CloseHandshake handshake) {
        this.ctx = ctx;
        this.handshake = handshake;
    }

    @Override
    public boolean execute(Runnable task) {
        try {
            ctx.channel().eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException shutDown) {
            return false;
        }
    }

    @Override
    public boolean isOpen() {
        return handshake.isOpen() && ctx.channel().isActive();
    }

    @Override
    public boolean isWritable() {
        return ctx.channel().isWritable();
    }

    @Override
    public void write(String text, WriteListener listener) {
        if (!isOpen()) {
            listener.written(new TransportException(FailureKind.TRANSPORT, "the session is not open", null));
            return;
        }
        ctx.write(FrameCodec.encode(text))
                .addListener(done -> listener.written(done.isSuccess() ? null : Failures.broken(done.cause())));
    }

    @Override
    public void flush() {
        ctx.flush();
    }

    @Override
    public void ping(long number) {
        if (isOpen()) {
            ctx.writeAndFlush(FrameCodec.encodePing(number));
        }
    }

    @Override
    public void close(int code, String reason) {
        handshake.begin(ctx, code, reason);
    }

    @Override
    public void abort() {
        ctx.channel().close();
    }

    @Override
    public void onChange(Runnable listener) {
        handshake.onChange(listener);
    }
}
