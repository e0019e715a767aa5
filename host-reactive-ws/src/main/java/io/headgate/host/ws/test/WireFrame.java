package io.headgate.host.ws.test;

import java.io.ByteArrayOutputStream;

/**
 * One WebSocket frame as it is on the wire (RFC 6455, 5.2), good or bad: nothing is checked but what fits into its fields.
 *
 * @param last the FIN bit
 * @param reserved the three reserved bits, 0 to 7
 * @param opcode 0 to 15
 * @param masked whether the payload is masked, which is the client's duty and forbidden to a server
 * @param payload the payload, unmasked
 */
public record WireFrame(boolean last, int reserved, int opcode, boolean masked, Octets payload) {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xa;

    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int[] MASK = {0x37, 0xfa, 0x21, 0x3d};

    /** Checks that the fields hold what they are given. */
    public WireFrame {
        if (reserved < 0 || reserved > 7) {
            throw new IllegalArgumentException("reserved must be between 0 and 7, is " + reserved);
        }
        if (opcode < 0 || opcode > 15) {
            throw new IllegalArgumentException("opcode must be between 0 and 15, is " + opcode);
        }
    }

    /**
     * A complete frame as a server should send it.
     *
     * @param opcode 0 to 15
     * @param payload the payload
     * @return the frame
     */
    public static WireFrame of(int opcode, Octets payload) {
        return new WireFrame(true, 0, opcode, false, payload);
    }

    /**
     * A text.
     *
     * @param text its payload
     * @return the frame
     */
    public static WireFrame text(String text) {
        return of(TEXT, Octets.utf8(text));
    }

    /**
     * A binary message.
     *
     * @param payload its payload
     * @return the frame
     */
    public static WireFrame binary(Octets payload) {
        return of(BINARY, payload);
    }

    /**
     * The last part of a fragmented message.
     *
     * @param payload its payload
     * @return the frame
     */
    public static WireFrame continuation(Octets payload) {
        return of(CONTINUATION, payload);
    }

    /**
     * A ping.
     *
     * @param payload what the pong has to repeat
     * @return the frame
     */
    public static WireFrame ping(Octets payload) {
        return of(PING, payload);
    }

    /**
     * A pong.
     *
     * @param payload the ping's
     * @return the frame
     */
    public static WireFrame pong(Octets payload) {
        return of(PONG, payload);
    }

    /**
     * A Close frame with a code, any that two bytes can hold.
     *
     * @param code 0 to 65,535
     * @param reason why; empty for nothing
     * @return the frame
     */
    public static WireFrame close(int code, String reason) {
        return of(CLOSE, Octets.of(new byte[] {(byte) (code >> 8), (byte) code}).plus(Octets.utf8(reason)));
    }

    /**
     * A Close frame without a code.
     *
     * @return the frame
     */
    public static WireFrame close() {
        return of(CLOSE, Octets.utf8(""));
    }

    /**
     * Without the FIN bit: more fragments are to follow.
     *
     * @return a changed copy
     */
    public WireFrame unfinished() {
        return new WireFrame(false, reserved, opcode, masked, payload);
    }

    /**
     * With reserved bits.
     *
     * @param bits 0 to 7
     * @return a changed copy
     */
    public WireFrame withReserved(int bits) {
        return new WireFrame(last, bits, opcode, masked, payload);
    }

    /**
     * Masked or not, as a client or a server sends it.
     *
     * @param mask whether the payload is masked
     * @return a changed copy
     */
    public WireFrame withMask(boolean mask) {
        return new WireFrame(last, reserved, opcode, mask, payload);
    }

    /**
     * The frame's bytes, its length in the shortest form.
     *
     * @return header and payload
     */
    public Octets bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((last ? 0x80 : 0) | reserved << 4 | opcode);
        int mask = masked ? 0x80 : 0;
        int size = payload.size();
        if (size < SHORT_LENGTH) {
            out.write(mask | size);
        } else if (size <= 0xffff) {
            out.write(mask | SHORT_LENGTH);
            number(out, size, 2);
        } else {
            out.write(mask | LONG_LENGTH);
            number(out, size, 8);
        }
        if (masked) {
            for (int octet : MASK) {
                out.write(octet);
            }
        }
        for (int i = 0; i < size; i++) {
            out.write(payload.at(i) ^ (masked ? MASK[i % MASK.length] : 0));
        }
        return Octets.of(out.toByteArray());
    }

    /**
     * The code of a Close frame.
     *
     * @return the code; 1005 where it has none (RFC 6455, 7.1.5), which is so for any other frame
     */
    public int closeCode() {
        return opcode == CLOSE && payload.size() >= 2 ? payload.at(0) << 8 | payload.at(1) : 1005;
    }

    private static void number(ByteArrayOutputStream out, long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >> shift));
        }
    }

    @Override
    public String toString() {
        return (last ? "" : "unfinished ")
                + name()
                + (reserved == 0 ? "" : " with reserved bits " + reserved)
                + (masked ? ", masked" : "");
    }

    private String name() {
        return switch (opcode) {
            case CONTINUATION -> "Continuation " + payload;
            case TEXT -> "Text " + payload;
            case BINARY -> "Binary of " + payload.size() + " bytes";
            case CLOSE -> "Close" + (payload.size() < 2 ? "" : " " + closeCode()) + reason();
            case PING -> "Ping " + payload;
            case PONG -> "Pong " + payload;
            default -> "opcode " + opcode + " " + payload;
        };
    }

    private String reason() {
        int from = Math.min(2, payload.size());
        Octets reason = Octets.of(java.util.Arrays.copyOfRange(payload.toArray(), from, payload.size()));
        return reason.size() == 0 ? "" : " " + reason;
    }
}
