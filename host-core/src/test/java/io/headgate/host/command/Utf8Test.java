package io.headgate.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

/** R10: sizes are those of the wire. */
final class Utf8Test {

    @Property
    void the_size_is_what_the_strict_encoder_makes(
            @ForAll @StringLength(max = 12) @CharRange(from = 0, to = 0xffff) String text) {
        assertThat(Utf8.size(text)).isEqualTo(encoded(text));
    }

    @Property
    void surrogates_count_in_pairs_only(
            @ForAll @StringLength(max = 6) @CharRange(from = 0xd7ff, to = 0xe000) String text) {
        assertThat(Utf8.size(text)).isEqualTo(encoded(text));
    }

    private static int encoded(String text) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException malformed) {
            return Utf8.MALFORMED;
        }
    }
}
