package io.headgate.host.ws;

import io.headgate.host.transport.Frame;
import io.headgate.host.transport.test.ConnectionDriverContract.RemotePeer;
import io.headgate.plugin.Initiator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** The server's end of one accepted WebSocket, without any manners of its own. */
final class NettyPeer extends SimpleChannelInboundHandler<WebSocketFrame> implements RemotePeer {

    private final Sinks.Many<Frame> received = Sinks.many().replay().all();
    private final Channel channel;
    private volatile boolean answersClose = true;
    private boolean closeSent;

    NettyPeer(Channel channel) {
        this.channel = channel;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        int bytes = frame.content().readableBytes();
        if (frame instanceof TextWebSocketFrame text) {
            received.tryEmitNext(new Frame.Text(text.text(), bytes)).orThrow();
        } else if (frame instanceof PingWebSocketFrame) {
            received.tryEmitNext(new Frame.Ping(bytes)).orThrow();
            ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof PongWebSocketFrame) {
            received.tryEmitNext(new Frame.Pong(bytes)).orThrow();
        } else if (frame instanceof CloseWebSocketFrame close) {
            int code = close.statusCode() < 0 ? Frame.Close.NO_CODE : close.statusCode();
            received.tryEmitNext(new Frame.Close(code, close.reasonText(), Initiator.HOST))
                    .orThrow();
            if (answersClose && !closeSent) {
                closeSent = true;
                ctx.writeAndFlush(close.retain());
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        received.tryEmitComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public NettyPeer text(String text) {
        return send(new TextWebSocketFrame(text));
    }

    @Override
    public NettyPeer binary(int bytes) {
        return send(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[bytes])));
    }

    @Override
    public NettyPeer ping() {
        return send(new PingWebSocketFrame());
    }

    @Override
    public NettyPeer pong() {
        return send(new PongWebSocketFrame());
    }

    @Override
    public NettyPeer close(int code, String reason) {
        channel.eventLoop().execute(() -> closeSent = true);
        return send(new CloseWebSocketFrame(code, reason));
    }

    @Override
    public NettyPeer end() {
        channel.eventLoop().execute(channel::close);
        return this;
    }

    @Override
    public NettyPeer reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        return end();
    }

    @Override
    public NettyPeer ignoreClose() {
        answersClose = false;
        return this;
    }

    @Override
    public Flux<Frame> received() {
        return received.asFlux();
    }

    NettyPeer send(Object frame) {
        channel.writeAndFlush(frame);
        return this;
    }

    /** Sends bytes past the codec: for what no codec would make. */
    NettyPeer raw(int... bytes) {
        byte[] octets = new byte[bytes.length];
        for (int n = 0; n < bytes.length; n++) {
            octets[n] = (byte) bytes[n];
        }
        channel.pipeline().firstContext().writeAndFlush(Unpooled.wrappedBuffer(octets));
        return this;
    }

    /** Whether the sockets' buffers still take what it sends. */
    boolean isWritable() {
        return channel.isWritable();
    }

    /** Stops or resumes reading from the socket. */
    NettyPeer reading(boolean on) {
        channel.config().setAutoRead(on);
        return this;
    }
}
