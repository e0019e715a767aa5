package io.headgate.host.ws;

import io.netty.buffer.ByteBuf;

/**
 * What a frame says of itself in its first 2, 4 or 10 bytes (RFC 6455, 5.2), taken byte by byte as they come. A server masks
 * nothing, and without an extension no bit is free. What the first two bytes forbid is seen before the length has come, and too
 * large a length before the payload. One for a connection; owned by the event loop.
 */
final class FrameHeader {

    static final byte CONTINUATION = 0x0;
    static final byte TEXT = 0x1;
    static final byte BINARY = 0x2;
    static final byte CLOSE = 0x8;
    static final byte PING = 0x9;
    static final byte PONG = 0xa;

    static final int MAX_CONTROL_BYTES = 125;

    private static final byte LAST = (byte) 0x80;
    private static final byte RESERVED = 0x70;
    private static final byte CONTROL = 0x8;
    private static final byte OPCODE = 0xf;
    private static final byte MASKED = (byte) 0x80;
    private static final byte IN_TWO_BYTES = 126;
    private static final long MOST_IN_TWO_BYTES = 0xffff;

    private final int maxBytes;
    private int read;
    private int size;
    private int first;
    private long length;
    /** Whether a message is begun and not ended. */
    private boolean within;

    /**
     * For messages within a bound.
     *
     * @param maxMessageBytes the largest payload; that of a control frame is by itself small enough
     */
    FrameHeader(int maxMessageBytes) {
        this.maxBytes = Math.max(MAX_CONTROL_BYTES, maxMessageBytes);
    }

    /** Answers whether it is complete; then the next call begins the next frame's. */
    boolean read(ByteBuf in) throws ProtocolViolation {
        while (in.isReadable()) {
            int octet = in.readUnsignedByte();
            read++;
            if (read == 1) {
                first = octet;
            } else if (read == 2) {
                second(octet);
            } else {
                length = (length << Byte.SIZE) | octet;
            }
            if (read == size) {
                complete();
                return true;
            }
        }
        return false;
    }

    byte opcode() {
        return (byte) (first & OPCODE);
    }

    boolean isControl() {
        return (first & CONTROL) != 0;
    }

    boolean isLast() {
        return (first & LAST) != 0;
    }

    /** At most the bound. */
    int length() {
        return (int) length;
    }

    private void second(int octet) throws ProtocolViolation {
        length = octet & ~MASKED;
        boolean free = (first & RESERVED) == 0 && (octet & MASKED) == 0;
        if (!free || (isControl() ? breaksControl() : breaksOrder())) {
            throw ProtocolViolation.of(ProtocolViolation.PROTOCOL_ERROR);
        }
        size = length < IN_TWO_BYTES ? 2 : length == IN_TWO_BYTES ? 4 : 10;
        if (size > 2) {
            length = 0;
        }
    }

    private boolean breaksControl() {
        return !isLast() || length > MAX_CONTROL_BYTES || opcode() > PONG || (opcode() == CLOSE && length == 1);
    }

    private boolean breaksOrder() {
        return opcode() > BINARY || within == (opcode() != CONTINUATION);
    }

    /** Of eight bytes the first bit is 0, so that no length is negative; and no length takes more bytes than it needs. */
    private void complete() throws ProtocolViolation {
        if ((size == 4 && length < IN_TWO_BYTES) || (size == 10 && length <= MOST_IN_TWO_BYTES)) {
            throw ProtocolViolation.of(ProtocolViolation.PROTOCOL_ERROR);
        }
        if (length > maxBytes) {
            throw ProtocolViolation.of(ProtocolViolation.TOO_BIG);
        }
        if (!isControl()) {
            within = !isLast();
        }
        read = 0;
        size = 0;
    }
}
