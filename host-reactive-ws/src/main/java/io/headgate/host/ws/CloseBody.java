package io.headgate.host.ws;

import io.headgate.host.transport.Frame;
import io.headgate.plugin.Initiator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.nio.ByteBuffer;

/** What a peer's Close frame says: nothing, or a code and a reason (RFC 6455, 5.5.1). */
final class CloseBody {

    /** Netty lets larger ones pass; RFC 6455, 7.4.2, defines none. */
    private static final int LAST_CLOSE_CODE = 4999;

    private CloseBody() {}

    static Frame.Close read(byte[] array, int offset, int length) throws ProtocolViolation {
        if (length == 0) {
            return new Frame.Close(Frame.Close.NO_CODE, "", Initiator.PEER);
        }
        int code = ByteBuffer.wrap(array, offset, Short.BYTES).getShort() & 0xffff;
        if (!WebSocketCloseStatus.isValidStatusCode(code)) {
            throw ProtocolViolation.of(ProtocolViolation.PROTOCOL_ERROR);
        }
        String reason = Utf8Text.of(array, offset + Short.BYTES, length - Short.BYTES);
        if (reason == null) {
            throw ProtocolViolation.of(ProtocolViolation.INVALID_PAYLOAD);
        }
        if (code > LAST_CLOSE_CODE) {
            throw ProtocolViolation.of(ProtocolViolation.PROTOCOL_ERROR);
        }
        return new Frame.Close(code, reason, Initiator.PEER);
    }
}
