package io.headgate.host.ws;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A text message while its fragments come in. A fragment that no continuation could make UTF-8 is known at once (RFC 6455,
 * 8.1): so nothing is collected that will be thrown away.
 */
final class FragmentedText {

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final StringBuilder text = new StringBuilder();
    /** The beginning of a character whose rest is in a later fragment: 3 bytes at most. */
    private byte[] begun = {};

    /** Answers whether it is UTF-8 so far; what follows a {@code false} has no meaning. */
    boolean append(ByteBuffer fragment, boolean last) {
        ByteBuffer bytes = joined(fragment);
        // UTF-8 never has more UTF-16 units than bytes.
        CharBuffer chars = CharBuffer.allocate(bytes.remaining());
        if (decoder.decode(bytes, chars, last).isError()) {
            return false;
        }
        begun = new byte[bytes.remaining()];
        bytes.get(begun);
        text.append(chars.flip());
        return !beginsSurrogate();
    }

    /** The JDK's decoder sees a surrogate, ED A0 to ED BF, by its third byte only. */
    private boolean beginsSurrogate() {
        return begun.length == 2 && begun[0] == (byte) 0xed && (begun[1] & 0xff) >= 0xa0;
    }

    private ByteBuffer joined(ByteBuffer fragment) {
        if (begun.length == 0) {
            return fragment;
        }
        return ByteBuffer.allocate(begun.length + fragment.remaining())
                .put(begun)
                .put(fragment)
                .flip();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
