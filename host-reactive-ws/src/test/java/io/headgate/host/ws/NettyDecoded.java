package io.headgate.host.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be made of bytes: by Netty's decoder, a collected message and the JDK's strict decoder of it as a whole. The bytes are read
 * at once.
 */
final class NettyDecoded {

    private final int maxMessageBytes;
    private final EmbeddedChannel channel;
    private final List<String> seen = new ArrayList<>();
    private boolean over;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private boolean binary;

    private NettyDecoded(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
        this.channel = new EmbeddedChannel(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .maxFramePayloadLength(Math.max(125, maxMessageBytes))
                .build()));
    }

    static List<String> of(byte[] bytes, int maxMessageBytes) {
        NettyDecoded decoded = new NettyDecoded(maxMessageBytes);
        decoded.read(bytes);
        return decoded.seen;
    }

    private void read(byte[] bytes) {
        String broken = "";
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        } catch (CorruptedWebSocketFrameException violation) {
            int code = violation.closeStatus().code();
            broken = code + " the peer broke the WebSocket protocol: closed with " + code;
        }
        for (WebSocketFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            if (!over) {
                frame(frame);
            }
            frame.release();
        }
        if (!over && !broken.isEmpty()) {
            seen.add(broken);
        }
        channel.finishAndReleaseAll();
    }

    private void frame(WebSocketFrame frame) {
        ByteBuf content = frame.content();
        if (frame instanceof PingWebSocketFrame) {
            seen.add("Ping " + ByteBufUtil.hexDump(content));
        } else if (frame instanceof PongWebSocketFrame) {
            int bytes = content.readableBytes();
            seen.add("Pong[bytes=" + bytes + ", answers=" + (bytes == 8 ? content.getLong(content.readerIndex()) : 0)
                    + "]");
        } else if (frame instanceof CloseWebSocketFrame close) {
            closed(close);
        } else {
            data(frame);
        }
    }

    /** Netty lets codes beyond 4999 pass, and a reason that ends within a character. */
    private void closed(CloseWebSocketFrame close) {
        int code = close.statusCode() < 0 ? 1005 : close.statusCode();
        if (code != 1005 && strict(reason(close)) == null) {
            end("1007 the peer broke the WebSocket protocol: closed with 1007");
        } else if (code > 4999) {
            end("1002 the peer broke the WebSocket protocol: closed with 1002");
        } else {
            end("Close " + code + " " + close.reasonText());
        }
    }

    private static byte[] reason(CloseWebSocketFrame close) {
        return ByteBufUtil.getBytes(close.content(), 2, close.content().readableBytes() - 2);
    }

    private void data(WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
            binary = frame instanceof BinaryWebSocketFrame;
            message.reset();
        }
        message.writeBytes(ByteBufUtil.getBytes(frame.content()));
        if (message.size() > maxMessageBytes) {
            end("1009 a message of the peer exceeded " + maxMessageBytes + " bytes");
        } else if (binary) {
            if (frame.isFinalFragment()) {
                seen.add("Binary[bytes=" + message.size() + "]");
            }
        } else {
            text(frame.isFinalFragment());
        }
    }

    private void text(boolean last) {
        String text = strict(message.toByteArray());
        if (last && text != null) {
            seen.add("Text " + message.size() + " " + text);
        } else if (last || hopeless()) {
            end("1007 a text of the peer was not UTF-8");
        }
    }

    /** A text is not yet lost where some bytes more would make it one. */
    private boolean hopeless() {
        for (String rest : List.of("", "80", "a0", "8080", "a080", "9080", "80a0", "808080", "908080")) {
            ByteArrayOutputStream longer = new ByteArrayOutputStream();
            longer.writeBytes(message.toByteArray());
            longer.writeBytes(HexFormat.of().parseHex(rest));
            if (strict(longer.toByteArray()) != null) {
                return false;
            }
        }
        return true;
    }

    private void end(String last) {
        seen.add(last);
        over = true;
    }

    private static @Nullable String strict(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }
}
