package io.headgate.host.ws;

import io.headgate.host.transport.Frame;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole messages of data frames, within one bound: a text straight of its bytes, or of its fragments as they come. Of a binary
 * nobody sees more than its size. Owned by the event loop.
 */
final class MessageDecoding {

    private final int maxBytes;
    /** The text of an unfinished message; {@code null} between messages and in a binary one. */
    private @Nullable FragmentedText fragments;

    private int bytes;

    MessageDecoding(int maxMessageBytes) {
        this.maxBytes = maxMessageBytes;
    }

    /** Answers whether the payload of the frame has to be kept. The frame's payload need not be there. */
    boolean begin(FrameHeader frame) throws ProtocolViolation {
        if (frame.length() > maxBytes - bytes) {
            throw ProtocolViolation.tooBig(maxBytes);
        }
        if (frame.opcode() == FrameHeader.TEXT && !frame.isLast()) {
            fragments = new FragmentedText();
        }
        return frame.opcode() == FrameHeader.TEXT || fragments != null;
    }

    /** Returns the message that the frame ends, if it does. */
    @Nullable
    Frame end(FrameHeader frame, byte[] array, int offset) throws ProtocolViolation {
        int length = frame.length();
        if (frame.opcode() == FrameHeader.TEXT && frame.isLast()) {
            return new Frame.Text(utf8(Utf8Text.of(array, offset, length)), length);
        }
        bytes += length;
        if (fragments != null && !fragments.append(ByteBuffer.wrap(array, offset, length), frame.isLast())) {
            throw ProtocolViolation.notUtf8();
        }
        return frame.isLast() ? finish() : null;
    }

    private Frame finish() {
        Frame message = fragments == null ? new Frame.Binary(bytes) : new Frame.Text(fragments.toString(), bytes);
        forget();
        return message;
    }

    void forget() {
        fragments = null;
        bytes = 0;
    }

    private static String utf8(@Nullable String text) throws ProtocolViolation {
        if (text == null) {
            throw ProtocolViolation.notUtf8();
        }
        return text;
    }
}
