package io.headgate.samples.benchmarks.contender;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A Netty pipeline and nothing else: the floor that all others are measured by. */
final class RawNetty implements Contender {

    /** The obvious way to make a frame of a text. */
    static final Function<String, WebSocketFrame> OF_STRING = TextWebSocketFrame::new;
    /** The quick way. */
    static final Function<String, WebSocketFrame> OF_BYTES =
            text -> new TextWebSocketFrame(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));

    private static final int MAX_TEXT = 1 << 20;
    private static final int NORMAL = 1000;

    private final Work work;
    private final Function<String, WebSocketFrame> encoding;
    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final List<Channel> channels = new ArrayList<>();
    private @Nullable Handoff handoff;
    private volatile boolean closing;

    RawNetty(Work work, Function<String, WebSocketFrame> encoding) {
        this.work = work;
        this.encoding = encoding;
    }

    @Override
    public CompletionStage<Void> open(URI target, Shape shape, Task task) {
        handoff = work == Work.SAME ? new Handoff() : null;
        closing = false;
        List<CompletableFuture<Void>> opening = new ArrayList<>();
        for (int connection = 0; connection < shape.connections(); connection++) {
            CompletableFuture<Void> open = new CompletableFuture<>();
            opening.add(open);
            channels.add(dial(target, handler(task, connection), open));
        }
        return CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new));
    }

    private Channel dial(URI target, ChannelHandler handler, CompletableFuture<Void> open) {
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(target)
                .maxFramePayloadLength(MAX_TEXT)
                .withUTF8Validator(work == Work.SAME)
                .build();
        return new Bootstrap()
                .group(group)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(8192))
                                .addLast(new WebSocketClientProtocolHandler(config))
                                .addLast(new Opening(handler, open));
                    }
                })
                .connect(target.getHost(), target.getPort())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        open.completeExceptionally(connected.cause());
                    }
                })
                .channel();
    }

    private ChannelHandler handler(Task task, int connection) {
        if (task instanceof Task.Receive receive) {
            Recipient recipient = receive.recipients().apply(connection);
            Handoff hop = handoff;
            return hop == null ? new Delivering(recipient) : new Handing(channel -> recipient, hop);
        }
        if (task instanceof Task.Send send) {
            return new Sending(send.text());
        }
        if (task instanceof Task.Echo) {
            Handoff hop = handoff;
            return hop == null
                    ? new Echoing()
                    : new Handing(channel -> text -> channel.writeAndFlush(encoding.apply(text)), hop);
        }
        return new Delivering(text -> {});
    }

    @Override
    public CompletionStage<Void> close() {
        closing = true;
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (Channel channel : channels) {
            CompletableFuture<Void> closed = new CompletableFuture<>();
            all.add(closed);
            channel.closeFuture().addListener(done -> closed.complete(null));
            channel.writeAndFlush(new CloseWebSocketFrame(NORMAL, ""));
        }
        channels.clear();
        Handoff hop = handoff;
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenRun(() -> {
            if (hop != null) {
                hop.close();
            }
        });
    }

    /** Waits for the upgrade, and gives its place to the handler. */
    private static final class Opening extends ChannelInboundHandlerAdapter {

        private final ChannelHandler handler;
        private final CompletableFuture<Void> open;

        Opening(ChannelHandler handler, CompletableFuture<Void> open) {
            this.handler = handler;
            this.open = open;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                context.pipeline().replace(this, null, handler);
                open.complete(null);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            open.completeExceptionally(cause);
            context.close();
        }
    }

    private abstract static class Texts extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            TextWebSocketFrame frame = (TextWebSocketFrame) message;
            int bytes = frame.content().readableBytes();
            String text = frame.text();
            frame.release();
            text(context.channel(), text, bytes);
        }

        abstract void text(Channel channel, String text, int bytes);

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private static final class Delivering extends Texts {

        private final Recipient recipient;

        Delivering(Recipient recipient) {
            this.recipient = recipient;
        }

        @Override
        void text(Channel channel, String text, int bytes) {
            recipient.text(text);
        }
    }

    private static final class Handing extends Texts {

        private final Function<Channel, Recipient> destination;
        private final Handoff handoff;
        private final Traffic traffic = new Traffic();
        private Recipient recipient = text -> {};
        private Handoff.@Nullable Reading reading;

        Handing(Function<Channel, Recipient> destination, Handoff handoff) {
            this.destination = destination;
            this.handoff = handoff;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            recipient = destination.apply(context.channel());
            reading = new AutoRead(context.channel());
        }

        @Override
        void text(Channel channel, String text, int bytes) {
            traffic.add(bytes);
            handoff.put(recipient, text, Objects.requireNonNull(reading));
        }
    }

    private static final class AutoRead extends Handoff.Reading {

        private final Channel channel;

        AutoRead(Channel channel) {
            this.channel = channel;
        }

        @Override
        void stop() {
            channel.config().setAutoRead(false);
        }

        @Override
        void resume() {
            channel.config().setAutoRead(true);
        }
    }

    private final class Echoing extends Texts {

        @Override
        void text(Channel channel, String text, int bytes) {
            channel.write(encoding.apply(text));
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }

    /** Writes while the channel takes it, and flushes once for each time that it is full. */
    private final class Sending extends Texts {

        private final String text;

        Sending(String text) {
            this.text = text;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            context.channel().eventLoop().execute(() -> send(context.channel()));
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (context.channel().isWritable()) {
                // Not from within the flush that this is told by.
                context.channel().eventLoop().execute(() -> send(context.channel()));
            }
        }

        private void send(Channel channel) {
            // Once it closes it refuses all, and is writable for ever.
            while (!closing && channel.isActive() && channel.isWritable()) {
                channel.write(encoding.apply(text));
            }
            channel.flush();
        }

        @Override
        void text(Channel channel, String received, int bytes) {
            // Nobody sends any.
        }
    }
}
