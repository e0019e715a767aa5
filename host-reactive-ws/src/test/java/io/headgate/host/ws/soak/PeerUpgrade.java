package io.headgate.host.ws.soak;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;

/** Answers one upgrade, or does not. */
final class PeerUpgrade extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final int LARGEST_FRAME = 1 << 20;

    private final Peer peer;
    private ChannelHandlerContext context;

    PeerUpgrade(Peer peer) {
        this.peer = peer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        PeerConnection connection = peer.at(Place.ofPath(request.uri()));
        connection.asked.incrementAndGet();
        SoakFault.OfDials fault = connection.nextFault();
        if (fault == null) {
            accept(ctx, request, connection);
        } else {
            fault.answer(this);
        }
    }

    private void accept(ChannelHandlerContext ctx, FullHttpRequest request, PeerConnection connection) {
        connection.accepted.incrementAndGet();
        new WebSocketServerHandshakerFactory("ws://localhost", null, false, LARGEST_FRAME)
                .newHandshaker(request)
                .handshake(ctx.channel(), request);
        ctx.pipeline().replace(this, "session", peer.session(connection, ctx.channel()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    void refuse(int status, int retryAfterSeconds) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.EMPTY_BUFFER);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        if (retryAfterSeconds > 0) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, retryAfterSeconds);
        }
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    void saysNothing() {
        // The host's deadline ends it.
    }

    void hangUp() {
        context.close();
    }
}
