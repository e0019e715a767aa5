package io.headgate.host.ws.stops;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.TimeUnit;

/** The peer's end of a session, in its manner. All of it belongs to its event loop. */
final class StopPeerSession extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final int TEXTS_A_TURN = 64;
    private static final String TEXT = "t".repeat(200);

    private final Manner manner;
    private boolean closing;

    StopPeerSession(Manner manner) {
        this.manner = manner;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (manner == Manner.UNREADING) {
            ctx.channel().config().setAutoRead(false);
        }
        flood(ctx);
    }

    private boolean floods(ChannelHandlerContext ctx) {
        return manner.floods() && !closing && ctx.channel().isActive();
    }

    /** A burst every millisecond, as far as they are taken: the loop is that of the other sockets too. */
    private void flood(ChannelHandlerContext ctx) {
        if (floods(ctx)) {
            for (int i = 0; i < TEXTS_A_TURN && ctx.channel().isWritable(); i++) {
                ctx.write(new TextWebSocketFrame(TEXT));
            }
            ctx.flush();
            ctx.channel().eventLoop().schedule(() -> flood(ctx), 1, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame ping && !closing) {
            ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame close && manner.answersClose()) {
            closing = true;
            ctx.writeAndFlush(close.retainedDuplicate()).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
