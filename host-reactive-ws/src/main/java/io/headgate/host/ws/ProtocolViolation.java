package io.headgate.host.ws;

/** A peer sent what RFC 6455 or the bound of a message forbids. Without a stack: it is the peer that is at fault. */
final class ProtocolViolation extends Exception {

    static final int PROTOCOL_ERROR = 1002;
    static final int INVALID_PAYLOAD = 1007;
    static final int TOO_BIG = 1009;

    private static final long serialVersionUID = 1L;

    /** The code to close with. */
    private final int code;

    private ProtocolViolation(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** A frame that may not be, or not there. */
    static ProtocolViolation of(int code) {
        return new ProtocolViolation(code, "the peer broke the WebSocket protocol: closed with " + code);
    }

    static ProtocolViolation notUtf8() {
        return new ProtocolViolation(INVALID_PAYLOAD, "a text of the peer was not UTF-8");
    }

    /** A message of several frames, each of which is small enough by itself. */
    static ProtocolViolation tooBig(int maxMessageBytes) {
        return new ProtocolViolation(TOO_BIG, "a message of the peer exceeded " + maxMessageBytes + " bytes");
    }

    int code() {
        return code;
    }
}
