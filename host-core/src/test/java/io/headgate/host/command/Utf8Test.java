package io.headgate.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
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

    @Property
    void a_large_text_is_measured_as_a_whole(
            @ForAll @IntRange(max = 6) int ahead,
            @ForAll @StringLength(max = 8) @CharRange(from = 0xd7ff, to = 0xe000) String across,
            @ForAll @IntRange(max = 2) int behind) {
        String text = "x".repeat(Utf8.PIECE - ahead) + across + "\u00e9".repeat(behind * Utf8.PIECE);

        assertThat(Utf8.size(text)).isEqualTo(encoded(text));
    }

    @Property
    void question_marks_of_the_text_are_no_lone_surrogates(
            @ForAll @StringLength(max = 12) @CharRange(from = '>', to = '@') String text) {
        assertThat(Utf8.size(text)).isEqualTo(text.length());
        assertThat(Utf8.size(text + '\ud800')).isEqualTo(Utf8.MALFORMED);
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
