package io.headgate.host.ws;

import io.headgate.host.transport.Frame;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.Unread;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Initiator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Turns Netty's frames into the host's: whole messages within one bound, strict UTF-8, pings answered, the close handshake
 * kept. The last handler before Reactor Netty, so that nothing reference-counted goes further. Every field belongs to the
 * event loop.
 */
final class FrameCodec extends ChannelDuplexHandler {

    private static final String NAME = "headgate.frames";
    private static final String NETTY_DECODER = "ws-decoder";
    private static final int MAX_CONTROL_BYTES = 125;
    /** Netty lets larger ones pass; RFC 6455, 7.4.2, defines none. */
    private static final int LAST_CLOSE_CODE = 4999;

    private static final int INVALID_PAYLOAD = 1007;
    private static final int TOO_BIG = 1009;

    private final int maxMessageBytes;
    private final CloseHandshake handshake;
    private final CountingDecoder decoder;
    /** The text of an unfinished message; {@code null} between messages and in a binary one. */
    private @Nullable FragmentedText fragments;

    private final UnreadFrames unread = new UnreadFrames();
    private @Nullable ChannelHandlerContext context;

    private int fragmentBytes;
    /** The payload of the latest ping that found the channel not writable: only that one is owed (RFC 6455, 5.5.3). */
    private byte @Nullable [] owedPong;

    FrameCodec(int maxMessageBytes, CloseHandshake handshake) {
        this.maxMessageBytes = maxMessageBytes;
        this.handshake = handshake;
        this.decoder = new CountingDecoder(Math.max(MAX_CONTROL_BYTES, maxMessageBytes));
    }

    /**
     * Puts the codec in its place. The decoder of Netty's client is replaced before it saw a byte.
     */
    ChannelHandlerContext install(ChannelPipeline pipeline) {
        pipeline.replace(NETTY_DECODER, NETTY_DECODER, decoder);
        pipeline.addBefore(NettyPipeline.ReactiveBridge, NAME, this);
        context = pipeline.context(this);
        return context;
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

    /** What the peer answers is the payload, and so the number, of one of the host's pings. */
    private static long number(ByteBuf payload) {
        return payload.readableBytes() == Long.BYTES ? payload.getLong(payload.readerIndex()) : 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            if (frame instanceof CloseWebSocketFrame close) {
                closed(ctx, close);
            } else if (handshake.isListening()) {
                read(ctx, frame);
            }
        } finally {
            frame.release();
        }
    }

    private void read(ChannelHandlerContext ctx, WebSocketFrame frame) {
        int bytes = frame.content().readableBytes();
        if (frame instanceof PingWebSocketFrame) {
            pong(ctx, ByteBufUtil.getBytes(frame.content()));
            deliver(ctx, new Frame.Ping(bytes));
        } else if (frame instanceof PongWebSocketFrame) {
            deliver(ctx, new Frame.Pong(bytes, number(frame.content())));
        } else if (bytes > maxMessageBytes - fragmentBytes) {
            violated(ctx, TOO_BIG, "a message of the peer exceeded " + maxMessageBytes + " bytes");
        } else {
            data(ctx, frame);
        }
    }

    /** The decoder vouches for the order of fragments; an unfinished text is collected, an unfinished binary is not. */
    private void data(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame && frame.isFinalFragment()) {
            text(ctx, frame.content());
            return;
        }
        fragmentBytes += frame.content().readableBytes();
        if (frame instanceof TextWebSocketFrame) {
            fragments = new FragmentedText();
        }
        if (fragments != null && !fragments.append(frame.content().nioBuffer(), frame.isFinalFragment())) {
            notUtf8(ctx);
        } else if (frame.isFinalFragment()) {
            finish(ctx);
        }
    }

    private void finish(ChannelHandlerContext ctx) {
        FragmentedText text = fragments;
        int bytes = fragmentBytes;
        forget();
        deliver(ctx, text == null ? new Frame.Binary(bytes) : new Frame.Text(text.toString(), bytes));
    }

    /** Only a text that came out with a replacement character needs the strict look at its bytes. */
    private void text(ChannelHandlerContext ctx, ByteBuf message) {
        String text = message.toString(StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !ByteBufUtil.isText(message, StandardCharsets.UTF_8)) {
            notUtf8(ctx);
        } else {
            deliver(ctx, new Frame.Text(text, message.readableBytes()));
        }
    }

    private void notUtf8(ChannelHandlerContext ctx) {
        violated(ctx, INVALID_PAYLOAD, "a text of the peer was not UTF-8");
    }

    private void closed(ChannelHandlerContext ctx, CloseWebSocketFrame frame) {
        if (!handshake.isOpen()) {
            over(ctx);
            return;
        }
        int code = frame.statusCode() < 0 ? Frame.Close.NO_CODE : frame.statusCode();
        if (code > LAST_CLOSE_CODE) {
            int answer = WebSocketCloseStatus.PROTOCOL_ERROR.code();
            violated(ctx, answer, "the peer broke the WebSocket protocol: closed with " + answer);
            return;
        }
        Frame.Close close = new Frame.Close(code, frame.reasonText(), Initiator.PEER);
        handshake.receive(close);
        deliver(ctx, close);
        handshake.answer(ctx, close);
        readOn(ctx);
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
        ChannelHandlerContext ctx = context;
        if (unread.taken(frame) && ctx != null && ctx.channel().config().isAutoRead()) {
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

    /** Behind the host's own Close a breach only ends the waiting for the peer's: TCP is left to the peer in any case. */
    private void violated(ChannelHandlerContext ctx, int code, String message) {
        forget();
        if (handshake.fail(ctx, code)) {
            ctx.fireExceptionCaught(new TransportException(FailureKind.PROTOCOL, message, null));
            readOn(ctx);
        } else {
            over(ctx);
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
        forget();
        tell(ctx, handshake.gone());
        ctx.fireChannelInactive();
        handshake.changed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException broken) {
            int code = broken.closeStatus().code();
            violated(ctx, code, "the peer broke the WebSocket protocol: closed with " + code);
            return;
        }
        if (handshake.isOpen()) {
            ctx.fireExceptionCaught(Failures.broken(cause));
        }
        ctx.close();
    }

    private void forget() {
        fragments = null;
        fragmentBytes = 0;
    }
}
