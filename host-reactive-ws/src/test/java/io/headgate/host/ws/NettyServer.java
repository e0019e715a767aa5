package io.headgate.host.ws;

import io.headgate.host.authority.Target;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A loopback WebSocket server whose answer to an upgrade is the path it was asked for. */
final class NettyServer implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Queue<FullHttpRequest> requests = new ConcurrentLinkedQueue<>();
    private final @Nullable SslContext tls;
    private final Channel listening;
    /** Bound and not listening: nobody else gets its port, and who dials it is refused. */
    private final Socket absent = new Socket();

    private volatile Sinks.One<NettyPeer> accepted = Sinks.one();
    private volatile Map<String, String> refusal = Map.of();
    private volatile HttpResponseStatus status = HttpResponseStatus.FORBIDDEN;
    private volatile byte[] body = new byte[0];

    NettyServer(@Nullable SslContext tls) {
        this(tls, InetAddress.getLoopbackAddress());
    }

    NettyServer(@Nullable SslContext tls, InetAddress address) {
        this.tls = tls;
        this.listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        prepare(channel);
                    }
                })
                .bind(new InetSocketAddress(address, 0))
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    Target target(Answer answer) {
        accepted = Sinks.one();
        int port = answer == Answer.ABSENT ? absentPort() : port();
        return new Target(tls == null ? "ws" : "wss", "localhost", port, "/" + answer.name(), "token=secret");
    }

    /** How a refusal is answered from now on. */
    NettyServer refusing(HttpResponseStatus with, Map<String, String> headers, byte[] content) {
        status = with;
        refusal = headers;
        body = content;
        return this;
    }

    Mono<NettyPeer> peer() {
        return accepted.asMono();
    }

    FullHttpRequest request() {
        return requests.element();
    }

    int requests() {
        return requests.size();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        try {
            absent.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private int absentPort() {
        try {
            if (!absent.isBound()) {
                absent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            }
            return absent.getLocalPort();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    private void prepare(Channel channel) {
        if (tls != null) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
        }
        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(8192), new Upgrade());
    }

    private final class Upgrade extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            requests.add(new io.netty.handler.codec.http.DefaultFullHttpRequest(
                    request.protocolVersion(),
                    request.method(),
                    request.uri(),
                    Unpooled.EMPTY_BUFFER,
                    request.headers().copy(),
                    request.trailingHeaders()));
            switch (Answer.valueOf(request.uri().substring(1).replaceAll("\\?.*", ""))) {
                case ACCEPT -> accept(ctx, request, null);
                case ACCEPT_SUBPROTOCOL -> accept(ctx, request, "*");
                case REFUSE -> refuse(ctx);
                case SILENT, ABSENT -> {}
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }

        private void accept(ChannelHandlerContext ctx, FullHttpRequest request, @Nullable String subprotocols) {
            WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                            "ws://localhost", subprotocols, false, 1 << 20)
                    .newHandshaker(request);
            NettyPeer peer = new NettyPeer(ctx.channel());
            handshaker.handshake(ctx.channel(), request).addListener(done -> {
                ctx.pipeline().addLast(peer);
                accepted.tryEmitValue(peer);
            });
        }

        private void refuse(ChannelHandlerContext ctx) {
            FullHttpResponse response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
            refusal.forEach(response.headers()::set);
            ctx.writeAndFlush(response);
        }
    }
}
