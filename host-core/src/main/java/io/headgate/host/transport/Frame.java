package io.headgate.host.transport;

import io.headgate.plugin.Initiator;
import java.nio.charset.StandardCharsets;

/** A complete WebSocket message or control frame, free of any transport's types. {@code toString} never shows payload. */
public sealed interface Frame {

    /**
     * The size of its payload on the wire, which for a text is that of its UTF-8.
     *
     * @return bytes
     */
    int bytes();

    /**
     * A complete, valid text message.
     *
     * @param text the message
     * @param bytes its size on the wire, in bytes of UTF-8
     */
    record Text(String text, int bytes) implements Frame {
        @Override
        public String toString() {
            return "Text[" + bytes + " bytes]";
        }
    }

    /**
     * A binary message, whose payload the driver has let go.
     *
     * @param bytes its size on the wire
     */
    record Binary(int bytes) implements Frame {}

    /**
     * A ping, which the driver has answered.
     *
     * @param bytes the size of its payload, 0 to 125
     */
    record Ping(int bytes) implements Frame {}

    /**
     * A pong.
     *
     * @param bytes the size of its payload, 0 to 125
     * @param answers the number of the host's ping whose payload it has, see {@link Wire#ping}; 0 for another payload
     */
    record Pong(int bytes, long answers) implements Frame {

        /**
         * A pong that answers no ping of the host's.
         *
         * @param bytes the size of its payload, 0 to 125
         */
        public Pong(int bytes) {
            this(bytes, 0);
        }
    }

    /**
     * The end of the session by a Close frame; always the last frame. Code and reason are those of the first Close frame:
     * once the host has sent one, the session ends with the host's, whether the peer answered it, answered with another
     * code, cut the connection or let the deadline pass.
     *
     * @param code the close code, 1000 to 4999; 1005 when the Close frame had none
     * @param reason the reason as it came, at most 123 bytes of UTF-8
     * @param initiator who sent the first Close frame: {@code PEER} or {@code HOST}
     */
    record Close(int code, String reason, Initiator initiator) implements Frame {

        /** The code that stands for a Close frame without one; it is never sent. */
        public static final int NO_CODE = 1005;

        private static final int MAX_REASON_BYTES = 123;

        /** Checks what a Close frame can carry. */
        public Close {
            if (code < 1000 || code > 4999) {
                throw new IllegalArgumentException("a close code must be between 1000 and 4999, is " + code);
            }
            int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_REASON_BYTES) {
                throw new IllegalArgumentException(
                        "a close reason must have at most " + MAX_REASON_BYTES + " bytes of UTF-8, has " + bytes);
            }
        }

        @Override
        public int bytes() {
            return code == NO_CODE ? 0 : 2 + reason.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public String toString() {
            return "Close[" + code + " by " + initiator + "]";
        }
    }
}
