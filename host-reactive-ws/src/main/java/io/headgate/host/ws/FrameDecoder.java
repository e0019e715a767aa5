package io.headgate.host.ws;

import io.headgate.host.transport.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads a server's frames out of what the socket brings, each byte once: a buffer is used up before the next one comes, and
 * nothing of it is kept but the part of a header or payload that is not complete.
 *
 * <pre>
 *   HEADER ─ complete ─► PAYLOAD ─ complete ─► HEADER …
 *     └──── violation ──────┴──── violation | Close ────► OVER: what comes is counted and dropped
 * </pre>
 *
 * <p>Owned by the event loop.
 */
final class FrameDecoder extends ChannelInboundHandlerAdapter {

    /** Takes what was decoded, in order, on the event loop. A Close or a violation is the last. */
    interface Receiver {

        /** A whole message, or a pong. */
        void frame(Frame frame);

        void ping(byte[] payload);

        void closed(Frame.Close close);

        void violated(ProtocolViolation violation);
    }

    private final FrameHeader header;
    private final FramePayload payload;
    private final MessageDecoding messages;
    private final Receiver receiver;
    private boolean inPayload;
    private boolean over;

    private long reads;
    private long readsBefore;
    private boolean framed;

    /**
     * Makes one for a connection.
     *
     * @param maxMessageBytes the largest message
     * @param shared what the payloads of all connections of the event loop are copied into on their way
     * @param receiver takes the frames
     */
    FrameDecoder(int maxMessageBytes, byte[] shared, Receiver receiver) {
        this.header = new FrameHeader(maxMessageBytes);
        this.payload = new FramePayload(shared);
        this.messages = new MessageDecoding(maxMessageBytes);
        this.receiver = receiver;
    }

    /** How often it was given something, behind TLS. */
    long reads() {
        return reads;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reads++;
        if (!(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            decode(in, ctx.alloc());
        } catch (ProtocolViolation violation) {
            over = true;
            forget();
            receiver.violated(violation);
        } finally {
            in.release();
        }
    }

    private void decode(ByteBuf in, ByteBufAllocator pool) throws ProtocolViolation {
        while (!over && (inPayload || header.read(in))) {
            if (!inPayload) {
                payload.begin(header.length(), header.isControl() || messages.begin(header));
                inPayload = true;
            }
            if (!payload.read(in, pool)) {
                return;
            }
            inPayload = false;
            framed = true;
            complete(payload.array(), payload.offset(), header.length());
            payload.release();
        }
    }

    private void complete(byte[] array, int offset, int length) throws ProtocolViolation {
        if (!header.isControl()) {
            Frame message = messages.end(header, array, offset);
            if (message != null) {
                receiver.frame(message);
            }
        } else if (header.opcode() == FrameHeader.PING) {
            receiver.ping(Arrays.copyOfRange(array, offset, offset + length));
        } else if (header.opcode() == FrameHeader.PONG) {
            receiver.frame(new Frame.Pong(length, number(array, offset, length)));
        } else {
            over = true;
            receiver.closed(CloseBody.read(array, offset, length));
        }
    }

    /** What the peer answers is the payload, and so the number, of one of the host's pings. */
    private static long number(byte[] array, int offset, int length) {
        return length == Long.BYTES ? ByteBuffer.wrap(array, offset, length).getLong() : 0;
    }

    /** A read that brought no frame to its end is followed by another, whether anybody asks or not: nobody else knows of it. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        boolean again =
                reads > readsBefore && !framed && !ctx.channel().config().isAutoRead();
        readsBefore = reads;
        framed = false;
        if (again) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        forget();
    }

    private void forget() {
        payload.release();
        messages.forget();
    }
}
