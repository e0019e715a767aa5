package io.headgate.host.ws.soak;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The peer's end of a session: says numbered texts at a pace of its own, hears what the plugin says, and misbehaves when it is told
 * to. All of it belongs to its event loop.
 */
final class PeerSession extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final Duration PACE = Duration.ofMillis(250);
    private static final int TEXTS_A_TURN = 2;
    private static final int LONGEST_PADDING = 300;
    /** How long the end of a session that has to end may take, with all that the peer does not read meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long id;
    private final PeerConnection connection;
    private final Channel channel;
    private final Verdict verdict;

    private long said;
    private long heard;
    /** Nothing is to be written any more. */
    private boolean silent;
    /** A frame is being written in parts. */
    private boolean dribbling;

    private boolean pausing;
    /** It says nothing of its own accord any more, and only that, until the host ends it. */
    private boolean fallen;

    private volatile boolean calm;
    private volatile boolean paused;
    private volatile long dueAtNanos;
    private volatile boolean due;
    private volatile boolean over;

    PeerSession(long id, PeerConnection connection, Channel channel, Verdict verdict) {
        this.id = id;
        this.connection = connection;
        this.channel = channel;
        this.verdict = verdict;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        connection.begins(this);
        channel.closeFuture().addListener(closed -> connection.ended(this));
        long first = id * 7919 % PACE.toMillis();
        channel.eventLoop().schedule(this::turn, first, TimeUnit.MILLISECONDS);
    }

    private void turn() {
        if (channel.isActive()) {
            if (!pausing && !fallen && !paused && channel.isWritable()) {
                texts(TEXTS_A_TURN);
            }
            channel.eventLoop().schedule(this::turn, PACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private boolean mayWrite() {
        return channel.isActive() && !silent && !dribbling;
    }

    private void texts(int count) {
        for (int i = 0; i < count && mayWrite(); i++) {
            channel.write(new TextWebSocketFrame(nextText()));
        }
        channel.flush();
    }

    private String nextText() {
        connection.sent.incrementAndGet();
        said++;
        return new Numbered(id, said).text("p".repeat((int) (said * 31 % LONGEST_PADDING)));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame text && text.isFinalFragment()) {
            heard(text.text());
        } else if (frame instanceof PingWebSocketFrame ping) {
            if (mayWrite()) {
                ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
            }
        } else if (frame instanceof CloseWebSocketFrame close) {
            answer(close);
        } else if (!(frame instanceof PongWebSocketFrame)) {
            verdict.broken(connection.place + ": the host sent " + frame);
        }
    }

    private void heard(String text) {
        connection.arrived.incrementAndGet();
        Numbered numbered = Numbered.parse(text);
        verdict.require(
                numbered.session() == id && numbered.number() > heard,
                () -> connection.place + ": session " + id + " heard \"" + text + "\" after number " + heard);
        heard = numbered.number();
    }

    /** The host's Close, or its answer to the peer's: TCP is the peer's to end. */
    private void answer(CloseWebSocketFrame close) {
        if (mayWrite()) {
            silent = true;
            channel.writeAndFlush(close.retainedDuplicate()).addListener(ChannelFutureListener.CLOSE);
        } else {
            channel.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        channel.close();
    }

    /** It goes wrong, if it is still open; one that is to end must not be kept from it by what goes wrong next. */
    void befalls(SoakFault.OfSession fault) {
        channel.eventLoop().execute(() -> {
            if (!calm && !due && mayWrite()) {
                fault.befall(this);
            }
        });
    }

    /** Goes on reading and writing, and suffers nothing any more. */
    void calm() {
        calm = true;
        channel.eventLoop().execute(() -> {
            pausing = false;
            if (fallen) {
                fallen = false;
                due = over;
            }
            channel.config().setAutoRead(true);
        });
    }

    /** Says nothing of its own accord, or does again. */
    void pause(boolean pause) {
        paused = pause;
    }

    /** From now on the session must come to its end. Any thread. */
    void isDueToEnd() {
        if (!due) {
            dueAtNanos = System.nanoTime();
            due = true;
        }
    }

    /** The host has another one, or may have none: its end is there to be read. Any thread. */
    void isOver() {
        over = true;
        isDueToEnd();
        channel.eventLoop().execute(() -> channel.config().setAutoRead(true));
    }

    /** Whether it should have ended long ago. Any thread. */
    boolean isOverdue() {
        return due && channel.isOpen() && System.nanoTime() - dueAtNanos > PATIENCE.toNanos();
    }

    void close(int code) {
        silent = true;
        isDueToEnd();
        channel.writeAndFlush(new CloseWebSocketFrame(code, "soaked"));
    }

    void hangUp() {
        silent = true;
        channel.close();
    }

    void reset() {
        silent = true;
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    void poison(PeerBytes bytes) {
        raw(Unpooled.wrappedBuffer(bytes.bytes()));
        silent = true;
        isDueToEnd();
    }

    void binary(int bytes) {
        channel.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[bytes])));
    }

    void pings(int count) {
        for (int i = 0; i < count; i++) {
            channel.write(new PingWebSocketFrame(Unpooled.copyInt(i)));
        }
        channel.flush();
    }

    void burst(int texts) {
        texts(texts);
    }

    void fragments(int parts) {
        byte[] text = nextText().getBytes(StandardCharsets.US_ASCII);
        int each = Math.max(1, text.length / parts);
        channel.write(new TextWebSocketFrame(false, 0, Unpooled.wrappedBuffer(text, 0, each)));
        for (int at = each; at < text.length; at += each) {
            int length = Math.min(each, text.length - at);
            channel.write(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER));
            channel.write(new ContinuationWebSocketFrame(
                    at + length == text.length, 0, Unpooled.wrappedBuffer(text, at, length)));
        }
        channel.flush();
    }

    void dribble(Duration between) {
        byte[] text = new Numbered(id, said + 1).text("").getBytes(StandardCharsets.US_ASCII);
        said++;
        connection.sent.incrementAndGet();
        ByteBuf frame = Unpooled.buffer().writeByte(0x81).writeByte(text.length).writeBytes(text);
        dribbling = true;
        dribble(frame, between);
    }

    private void dribble(ByteBuf left, Duration between) {
        if (!channel.isActive() || !left.isReadable()) {
            dribbling = false;
            return;
        }
        raw(Unpooled.buffer(1).writeByte(left.readByte()));
        channel.eventLoop().schedule(() -> dribble(left, between), between.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stopReading(Duration time) {
        channel.config().setAutoRead(false);
        channel.eventLoop().schedule(() -> channel.config().setAutoRead(true), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    void freeze() {
        silent = true;
        channel.config().setAutoRead(false);
        isDueToEnd();
    }

    void fallSilent() {
        fallen = true;
        isDueToEnd();
    }

    void stopWriting(Duration time) {
        pausing = true;
        channel.eventLoop().schedule(() -> pausing = false, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Past the encoder. */
    private void raw(ByteBuf bytes) {
        channel.pipeline().firstContext().writeAndFlush(bytes);
    }
}
