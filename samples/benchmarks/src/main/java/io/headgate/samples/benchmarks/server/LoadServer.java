package io.headgate.samples.benchmarks.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket server on one event loop of the loopback interface: one processor for it, the other for the client. It does
 * to all its connections what it is told to, and counts what it sends and gets.
 */
public final class LoadServer implements AutoCloseable {

    private static final int MAX_TEXT = 1 << 20;
    private static final int BACKLOG = 8192;
    private static final WriteBufferWaterMark AHEAD = new WriteBufferWaterMark(128 << 10, 256 << 10);
    private static final long LONGEST_LATENCY = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final int port;
    // All the rest is the loop's.
    private final List<Channel> channels = new ArrayList<>();
    private final Histogram latencies = new Histogram(LONGEST_LATENCY, DIGITS);
    private @Nullable Load load;
    private @Nullable Pings pings;
    private long received;

    /** Listens on a free port. */
    public LoadServer() {
        boolean epoll = Epoll.isAvailable();
        group = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        loop = group.next();
        Channel listening = new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, AHEAD)
                .childHandler(new Peer())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        port = ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** The port of the loopback interface that it listens on. */
    public int port() {
        return port;
    }

    /** How many connections are open. */
    public int connections() {
        return onLoop(channels::size);
    }

    /** Floods every connection with texts of so many bytes. */
    public void flood(int bytes) {
        begin(open -> new Flood(bytes, open));
    }

    /** Sends so many texts a second of so many bytes. */
    public void pace(int bytes, int perSecond) {
        begin(open -> new Pace(perSecond, open, loop, Texts.alike(bytes)));
    }

    /** Sends so many texts a second, each with the time it was due at, and times the answers by it. */
    public void time(int bytes, int perSecond) {
        begin(open -> {
            timed(true);
            return new Pace(perSecond, open, loop, Texts.timed(bytes));
        });
    }

    /** Pings the first connection that is opened from now on, so many times a second, and times its pongs. */
    public void ping(int perSecond) {
        onLoop(() -> {
            latencies.reset();
            pings = new Pings(perSecond, loop, latencies);
            return pings;
        });
    }

    /** Pings no more. */
    public void pingNoMore() {
        onLoop(() -> {
            if (pings != null) {
                pings.stop();
            }
            pings = null;
            return true;
        });
    }

    /** Sends nothing more; tells how many texts were sent since the load began. Answers still under way are timed as well. */
    public long stop() {
        return onLoop(() -> {
            Load ending = load;
            if (ending == null) {
                return 0L;
            }
            ending.stop();
            load = null;
            return ending.sent();
        });
    }

    /** How many texts have come in, since the server began. */
    public long received() {
        return onLoop(() -> received);
    }

    /** What the answers took since the last look, in nanoseconds. */
    public Histogram latencies() {
        return onLoop(() -> {
            Histogram copy = latencies.copy();
            latencies.reset();
            return copy;
        });
    }

    private void begin(Function<List<Channel>, Load> beginning) {
        stop();
        onLoop(() -> {
            timed(false);
            load = beginning.apply(channels);
            return load;
        });
    }

    private void timed(boolean whether) {
        channels.forEach(channel -> channel.pipeline().get(Answers.class).timed = whether);
    }

    private <T> T onLoop(Callable<T> work) {
        try {
            return loop.submit(work).get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Peer extends ChannelInitializer<Channel> {

        private final WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .checkStartsWith(true)
                .maxFramePayloadLength(MAX_TEXT)
                .withUTF8Validator(false)
                .dropPongFrames(false)
                .build();

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(new HttpServerCodec())
                    .addLast(new HttpObjectAggregator(8192))
                    .addLast(new WebSocketServerProtocolHandler(config))
                    .addLast(new Answers());
        }
    }

    private final class Answers extends SimpleChannelInboundHandler<WebSocketFrame> {

        // Of the connection, as those that are opened later send what bears no time.
        private boolean timed;

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                channels.add(context.channel());
                if (pings != null) {
                    pings.opened(context.channel());
                }
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame instanceof PongWebSocketFrame && pings != null) {
                pings.answered(frame.content());
            }
            if (!(frame instanceof TextWebSocketFrame)) {
                return;
            }
            received++;
            if (timed) {
                latencies.recordValue(Math.min(LONGEST_LATENCY, System.nanoTime() - TimedText.due(frame.content())));
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (context.channel().isWritable()) {
                // Not from within the flush that this is told by.
                loop.execute(() -> feed(context.channel()));
            }
        }

        private void feed(Channel channel) {
            if (load != null) {
                load.writable(channel);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            channels.remove(context.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A client that ends its connections by cutting them is one of those under measure.
            context.close();
        }
    }
}
