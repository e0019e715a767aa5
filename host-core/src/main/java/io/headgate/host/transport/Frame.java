package io.headgate.host.transport;

import io.headgate.plugin.Initiator;

/** A complete WebSocket message or control frame, free of any transport's types. {@code toString} never shows payload. */
public sealed interface Frame {

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
     */
    record Pong(int bytes) implements Frame {}

    /**
     * The end of the session by a Close frame; always the last frame.
     *
     * @param code the close code; 1005 when the Close frame had none
     * @param reason the reason as it came, at most 123 bytes of UTF-8
     * @param initiator who sent the first Close frame: {@code PEER} or {@code HOST}
     */
    record Close(int code, String reason, Initiator initiator) implements Frame {
        @Override
        public String toString() {
            return "Close[" + code + " by " + initiator + "]";
        }
    }
}
