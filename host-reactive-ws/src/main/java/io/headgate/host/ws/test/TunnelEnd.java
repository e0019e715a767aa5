package io.headgate.host.ws.test;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;

/** One socket of a tunnel: where one way begins, and the other one ends. */
final class TunnelEnd extends ChannelInboundHandlerAdapter {

    private final Tunnel tunnel;
    private final OneWay away;
    private final OneWay hither;

    TunnelEnd(Tunnel tunnel, OneWay away, OneWay hither) {
        this.tunnel = tunnel;
        this.away = away;
        this.hither = hither;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        tunnel.connected();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        away.read((ByteBuf) message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            away.readFin();
        }
    }

    /** A read that fails, as it does after RST: nothing can be done with the socket any more. Anything else is a defect, and logged. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            ctx.fireExceptionCaught(cause);
        }
        ctx.close();
    }

    /** What the proxy closed itself has ended before, and nobody is told twice. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!away.hasInputEnded()) {
            away.readReset();
        }
        hither.pump();
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext ctx) {
        tunnel.unregistered();
    }
}
