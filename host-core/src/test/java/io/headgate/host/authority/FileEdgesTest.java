package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files right at a bound: what mutation testing found that nothing else looks at. */
final class FileEdgesTest {

    private static final String NONE = "version: 1\ngrants: []\n";

    @ParameterizedTest
    @ValueSource(
            ints = {
                '\t', '\n', ' ', '~', 0xa0, 0x2027, 0x202f, 0x2065, 0x206a, 0xd7ff, 0xe000, 0xfffd, 0x10000, 0x10ffff
            })
    void aCharacterBesideARefusedOneIsRead(int character) {
        assertThat(GrantFile.parse("g.yaml", NONE + "#" + Character.toString(character) + "\n"))
                .isEqualTo(GrantFile.parse("g.yaml", NONE));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 0x1f, 0x7f, 0x80, 0x85, 0x9f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2066, 0x2069, 0xd800, 0xdfff, 0xfeff,
                0xfffe, 0xffff
            })
    void theFirstAndTheLastOfEachRefusedRangeAreRefused(int character) {
        assertThatThrownBy(() -> GrantFile.parse("g.yaml", NONE + "#" + Character.toString(character) + "\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("g.yaml:3:2: the character U+%04X is not allowed".formatted(character));
    }

    @Test
    void aReturnIsHalfALineBreakAndNothingElse() {
        assertThat(GrantFile.parse("g.yaml", NONE + "#\r\n").grants()).isEmpty();
        for (String end : new String[] {"\r", "\r\r\n", "\rx\n"}) {
            assertThatThrownBy(() -> GrantFile.parse("g.yaml", NONE + "#" + end))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("g.yaml:3:2: the character U+000D is not allowed");
        }
    }

    @Test
    void theFirstPauseMayBeAsLongAsTheLongest() {
        GrantFile file = GrantFile.parse(
                "g.yaml", "version: 1\ngrants: [{plugin: chat, restart: {first: 2m, max: 2m, stable-after: 1ms}}]\n");

        RestartSettings restart = file.grants().get(0).restart();
        assertThat(restart.first()).isEqualTo(Duration.ofMinutes(2)).isEqualTo(restart.max());
        assertThat(restart.stableAfter()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void aHoldNeedsItsPolicy() {
        assertThatThrownBy(() -> GrantFile.parse(
                        "g.yaml", "version: 1\ngrants: [{plugin: chat, limits: {hold: {longest: 1s}}}]\n"))
                .hasMessage("g.yaml:2:40: grants[0].limits.hold: expected overflow to be `hold`, since the key has no"
                        + " effect with any other, found `drop-newest`");
    }

    @Test
    void aHundredProblemsAreAllThereIsToSay() {
        StringBuilder yaml = new StringBuilder(NONE);
        for (int key = 0; key < Problems.MAX_PROBLEMS; key++) {
            yaml.append('k').append(key).append(": x\n");
        }
        assertThatThrownBy(() -> GrantFile.parse("g.yaml", yaml.toString()))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.problems()).hasSize(Problems.MAX_PROBLEMS));
    }

    @Test
    void whatIsShownIsCutOnlyWhereThereIsMore() {
        String most = "😀".repeat(Shown.MAX_LENGTH);

        assertThat(Shown.escaped(most)).isEqualTo(most);
        assertThat(Shown.escaped(most + "x")).isEqualTo(most + "…");
    }
}
