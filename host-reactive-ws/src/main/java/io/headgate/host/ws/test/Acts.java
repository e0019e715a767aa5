package io.headgate.host.ws.test;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** Makes the acts of one connection. Every field belongs to the event loop. */
final class Acts {

    /** RFC 6455, 1.3. */
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int FLOOD_BYTES = 64 * 1024;

    private final Scheduler timers;
    private String key = "";
    private boolean ended;
    private boolean endedHere;

    /** Told once that an act is over: {@code null}, or why it failed. */
    interface Over {
        void tell(@Nullable String failure);
    }

    Acts(Scheduler timers) {
        this.timers = timers;
    }

    void requested(Arrival.Request request) {
        key = request.headers().getOrDefault("sec-websocket-key", "");
    }

    /** TCP has ended. Answers whether that is news. */
    boolean end() {
        boolean news = !ended;
        ended = true;
        return news;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether it was this side that ended TCP, both ways: then nothing more is seen of the peer, not even its end. */
    boolean hasEndedHere() {
        return endedHere;
    }

    void make(ChannelHandlerContext ctx, Step.Act act, Over over) {
        if (act instanceof Step.AcceptUpgrade accept) {
            send(ctx, answer(accept)).addListener(told(over));
        } else if (act instanceof Step.Send send) {
            send(ctx, send.bytes()).addListener(told(over));
        } else if (act instanceof Step.Drip drip) {
            drip(ctx, drip, 0, over);
        } else if (act instanceof Step.Flood flood) {
            flood(ctx, flood, 0, over);
        } else if (act instanceof Step.Pause pause) {
            later(ctx, pause.length().toNanos(), () -> over.tell(null));
        } else if (act instanceof Step.Reading reading) {
            ctx.channel().config().setAutoRead(reading.on());
            over.tell(null);
        } else if (act instanceof Step.EndOutput) {
            endOutput(ctx).addListener(told(over));
        } else {
            if (act instanceof Step.Reset) {
                ((SocketChannel) ctx.channel()).config().setSoLinger(0);
            }
            endedHere |= end();
            ctx.close().addListener(told(over));
        }
    }

    ChannelFuture send(ChannelHandlerContext ctx, Octets bytes) {
        return ctx.writeAndFlush(Unpooled.wrappedBuffer(bytes.toArray()));
    }

    ChannelFuture endOutput(ChannelHandlerContext ctx) {
        return ((SocketChannel) ctx.channel()).shutdownOutput();
    }

    private void drip(ChannelHandlerContext ctx, Step.Drip drip, int from, Over over) {
        if (ended || from == drip.bytes().size()) {
            over.tell(null);
            return;
        }
        later(ctx, drip.every().toNanos(), () -> {
            send(ctx, Octets.repeated(drip.bytes().at(from), 1));
            drip(ctx, drip, from + 1, over);
        });
    }

    /** A write that fails has met the end of TCP, which is an end of the flood as good as any. */
    private void flood(ChannelHandlerContext ctx, Step.Flood flood, int from, Over over) {
        if (ended || from == flood.count()) {
            over.tell(null);
            return;
        }
        int units = Math.min(
                flood.count() - from, Math.max(1, FLOOD_BYTES / flood.unit().size()));
        byte[] unit = flood.unit().toArray();
        byte[] batch = new byte[units * unit.length];
        for (int i = 0; i < units; i++) {
            System.arraycopy(unit, 0, batch, i * unit.length, unit.length);
        }
        ctx.writeAndFlush(Unpooled.wrappedBuffer(batch)).addListener(written -> {
            if (written.isSuccess()) {
                flood(ctx, flood, from + units, over);
            } else {
                over.tell(null);
            }
        });
    }

    private void later(ChannelHandlerContext ctx, long nanos, Runnable task) {
        timers.schedule(() -> ctx.executor().execute(task), nanos, TimeUnit.NANOSECONDS);
    }

    private static ChannelFutureListener told(Over over) {
        return done -> over.tell(done.isSuccess() ? null : "TCP had ended before");
    }

    private Octets answer(Step.AcceptUpgrade accept) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Upgrade", "websocket");
        headers.put("Connection", "Upgrade");
        headers.put("Sec-WebSocket-Accept", accepted(key));
        Set<String> given = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        given.addAll(accept.headers().keySet());
        headers.keySet().removeIf(given::contains);
        headers.putAll(accept.headers());
        StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        });
        return Octets.utf8(head + "\r\n").plus(accept.behind());
    }

    private static String accepted(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }
}
