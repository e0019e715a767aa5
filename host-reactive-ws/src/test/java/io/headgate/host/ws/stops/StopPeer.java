package io.headgate.host.ws.stops;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The other end of all connections, which counts its sockets. Any thread. */
final class StopPeer implements AutoCloseable {

    private static final int LARGEST_REQUEST = 8192;
    private static final int LARGEST_FRAME = 1 << 20;
    /** Soon full. */
    private static final int RECEIVE_BYTES = 16 * 1024;

    private final MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("stops-peer"), NioIoHandler.newFactory());
    private final ChannelGroup sockets = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Channel listening = new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.SO_RCVBUF, RECEIVE_BYTES)
            .childHandler(new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    sockets.add(channel);
                    channel.pipeline()
                            .addLast(new HttpServerCodec(), new HttpObjectAggregator(LARGEST_REQUEST), new Upgrade());
                }
            })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Those that are open. */
    int sockets() {
        return sockets.size();
    }

    /** Upgrades that have arrived, and wait for an answer they will not get. */
    int unanswered() {
        return unanswered.get();
    }

    /** Reads everywhere: an end that is not read is not seen. */
    void read() {
        sockets.forEach(socket -> socket.config().setAutoRead(true));
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Upgrade extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            Manner manner = Manner.at(request.uri());
            switch (manner) {
                case MUTE -> {
                    unanswered.incrementAndGet();
                    ctx.channel().closeFuture().addListener(closed -> unanswered.decrementAndGet());
                }
                case REFUSING -> {
                    DefaultFullHttpResponse busy = new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE, Unpooled.EMPTY_BUFFER);
                    busy.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
                    ctx.writeAndFlush(busy).addListener(ChannelFutureListener.CLOSE);
                }
                default -> accept(ctx, request, manner);
            }
        }

        private void accept(ChannelHandlerContext ctx, FullHttpRequest request, Manner manner) {
            new WebSocketServerHandshakerFactory("ws://localhost", null, false, LARGEST_FRAME)
                    .newHandshaker(request)
                    .handshake(ctx.channel(), request)
                    .addListener(done -> ctx.pipeline().replace(this, "session", new StopPeerSession(manner)));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
