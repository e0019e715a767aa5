package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Found by fuzzing: a character of two halves across the end of the parser's buffer made a good file unreadable. */
final class WholeCharactersTest {

    private static final String BEGINNING = "version: 1\ngrants:\n  - plugin: chat\n    settings: {a: '";
    /** More than twice what SnakeYAML Engine reads at once. */
    private static final int LONGEST = 2200;

    @Test
    void anEmojiMayStandAnywhere() {
        for (int before = 0; before < LONGEST; before++) {
            String setting = "x".repeat(before) + "😀😀";
            GrantFile file = GrantFile.parse("g.yaml", BEGINNING + setting + "'}\n");
            assertThat(file.grants().get(0).settings()).isEqualTo(Map.of("a", setting));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 100})
    void theTextComesWholeAndNoPieceEndsWithinACharacter(int piece) throws IOException {
        String text = "a😀b😀😀cdef😀";
        StringBuilder seen = new StringBuilder();
        char[] buffer = new char[piece + 2];
        try (WholeCharacters reader = new WholeCharacters(text)) {
            for (int read = reader.read(buffer, 1, piece); read >= 0; read = reader.read(buffer, 1, piece)) {
                assertThat(read).isBetween(1, piece);
                assertThat(piece > 1 && Character.isHighSurrogate(buffer[read])).isFalse();
                seen.append(buffer, 1, read);
            }
            assertThat(reader.read(buffer, 0, 0)).isZero();
        }
        assertThat(seen).hasToString(text);
    }
}
