package io.headgate.host.ws;

import io.headgate.host.transport.Frame;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.Unread;
import io.headgate.plugin.FailureKind;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Hands on the frames of its {@link FrameDecoder}: pings answered, the close handshake kept, no read while decoded frames wait. The
 * last handler before Reactor Netty. Every field belongs to the event loop.
 */
final class FrameCodec extends ChannelDuplexHandler implements FrameDecoder.Receiver {

    private static final String NAME = "headgate.frames";
    private static final String NETTY_DECODER = "ws-decoder";

    private final CloseHandshake handshake;
    private final FrameDecoder decoder;
    private final UnreadFrames unread = new UnreadFrames();
    private @Nullable ChannelHandlerContext context;

    /** The payload of the latest ping that found the channel not writable: only that one is owed (RFC 6455, 5.5.3). */
    private byte @Nullable [] owedPong;

    /**
     * Makes one for a connection.
     *
     * @param maxMessageBytes the largest message
     * @param handshake how the session ends
     * @param shared what payloads are copied into on their way; of the event loop, not of this connection
     */
    FrameCodec(int maxMessageBytes, CloseHandshake handshake, byte[] shared) {
        this.handshake = handshake;
        this.decoder = new FrameDecoder(maxMessageBytes, shared, this);
    }

    /**
     * Puts the codec in its place. The decoder of Netty's client is replaced before it saw a byte.
     */
    ChannelHandlerContext install(ChannelPipeline pipeline) {
        pipeline.replace(NETTY_DECODER, NETTY_DECODER, decoder);
        pipeline.addBefore(NettyPipeline.ReactiveBridge, NAME, this);
        return context();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context, "in a pipeline");
    }

    static WebSocketFrame encode(String text) {
        return new TextWebSocketFrame(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    static WebSocketFrame encode(Frame.Close close) {
        return close.code() == Frame.Close.NO_CODE
                ? new CloseWebSocketFrame()
                : new CloseWebSocketFrame(close.code(), close.reason());
    }

    static WebSocketFrame encodePing(long number) {
        return new PingWebSocketFrame(Unpooled.copyLong(number));
    }

    @Override
    public void frame(Frame frame) {
        deliver(context(), frame);
    }

    @Override
    public void ping(byte[] payload) {
        ChannelHandlerContext ctx = context();
        pong(ctx, payload);
        deliver(ctx, new Frame.Ping(payload.length));
    }

    @Override
    public void closed(Frame.Close close) {
        ChannelHandlerContext ctx = context();
        if (!handshake.isOpen()) {
            over(ctx);
            return;
        }
        handshake.receive(close);
        deliver(ctx, close);
        handshake.answer(ctx, close);
        readOn(ctx);
    }

    /** Behind the host's own Close a breach only ends the waiting for the peer's: TCP is left to the peer in any case. */
    @Override
    public void violated(ProtocolViolation violation) {
        ChannelHandlerContext ctx = context();
        if (handshake.fail(ctx, violation.code())) {
            ctx.fireExceptionCaught(
                    new TransportException(FailureKind.PROTOCOL, Objects.requireNonNull(violation.getMessage()), null));
            readOn(ctx);
        } else {
            over(ctx);
        }
    }

    /** Nothing that the peer sends counts any more. */
    private void over(ChannelHandlerContext ctx) {
        tell(ctx, handshake.answered());
        readOn(ctx);
    }

    /** Whether anybody asks or not: so that the peer's Close and the end of TCP are seen. What else comes is dropped. */
    private static void readOn(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(true);
        ctx.read();
    }

    private void tell(ChannelHandlerContext ctx, Frame.@Nullable Close end) {
        if (end != null) {
            deliver(ctx, end);
        }
    }

    private void deliver(ChannelHandlerContext ctx, Frame frame) {
        unread.decoded(frame);
        ctx.fireChannelRead(frame);
    }

    /** On the event loop: a frame was delivered to whom it was meant for. */
    Frame taken(Object delivered) {
        Frame frame = (Frame) delivered;
        ChannelHandlerContext ctx = context();
        if (unread.taken(frame) && ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
        return frame;
    }

    /** On the event loop. */
    long reads() {
        return decoder.reads();
    }

    Unread unread() {
        return unread.now();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        unread.readComplete();
        ctx.fireChannelReadComplete();
    }

    /** What is dropped anyway, since the session is over, need not be waited with. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (unread.mayRead() || !handshake.isListening()) {
            ctx.read();
        }
    }

    private void pong(ChannelHandlerContext ctx, byte[] payload) {
        if (!handshake.isOpen()) {
            return;
        }
        if (ctx.channel().isWritable()) {
            ctx.writeAndFlush(new PongWebSocketFrame(Unpooled.wrappedBuffer(payload)));
        } else {
            owedPong = payload;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        byte[] owed = owedPong;
        if (owed != null && ctx.channel().isWritable()) {
            owedPong = null;
            pong(ctx, owed);
        }
        handshake.changed();
        ctx.fireChannelWritabilityChanged();
    }

    /** Reactor Netty's own Close frames mean that a subscriber is gone: failing them makes it close the channel at once. */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof CloseWebSocketFrame foreign) {
            foreign.release();
            promise.setFailure(new ClosedChannelException());
        } else {
            ctx.write(message, promise);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        tell(ctx, handshake.gone());
        ctx.fireChannelInactive();
        handshake.changed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (handshake.isOpen()) {
            ctx.fireExceptionCaught(Failures.broken(cause));
        }
        ctx.close();
    }
}
