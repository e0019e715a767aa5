package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pitfall 10: a text in fragments is UTF-8 or it is refused, as early as that is known. */
final class FragmentedTextTest {

    private static final int RUNS = 20_000;
    /** Bytes that make most of what UTF-8 can get wrong, and right. */
    private static final byte[] TELLING = HexFormat.of().parseHex("007fc2e0a09fbfedee80f0f4908f8bc0c1f5e282ac");

    @Test
    @DisplayName("However it is cut, it is what the whole would be")
    void cutAnywhere() {
        Random random = new Random(7);
        int texts = 0;
        for (int run = 0; run < RUNS; run++) {
            byte[] message = message(random);
            String whole = decoded(message);
            assertThat(collected(message, random))
                    .as(() -> HexFormat.of().formatHex(message))
                    .isEqualTo(whole);
            texts += whole == null ? 0 : 1;
        }
        assertThat(texts).isBetween(RUNS / 10, RUNS * 9 / 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0", "c1", "f5", "ff", "80", "e080", "eda0", "f08f", "f490", "e28228", "f09f41", "c328"})
    @DisplayName("What no continuation could make UTF-8 is refused before the last fragment")
    void failsFast(String hopeless) {
        byte[] bytes = HexFormat.of().parseHex(hopeless);
        FragmentedText whole = new FragmentedText();
        assertThat(whole.append(ByteBuffer.wrap(bytes), false)).isFalse();

        FragmentedText byteByByte = new FragmentedText();
        for (int at = 0; at < bytes.length - 1; at++) {
            assertThat(byteByByte.append(ByteBuffer.wrap(bytes, at, 1), false)).isTrue();
        }
        assertThat(byteByByte.append(ByteBuffer.wrap(bytes, bytes.length - 1, 1), false))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3", "e282", "f09f98"})
    void aCharacterMayBeFinishedLaterButNotNever(String begun) {
        byte[] bytes = HexFormat.of().parseHex(begun);
        assertThat(new FragmentedText().append(ByteBuffer.wrap(bytes), false)).isTrue();
        assertThat(new FragmentedText().append(ByteBuffer.wrap(bytes), true)).isFalse();
    }

    private static byte[] message(Random random) {
        if (random.nextBoolean()) {
            return random.ints(1 + random.nextInt(6), 0, 0x11_0000)
                    .filter(point -> point < 0xd800 || point > 0xdfff)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[1 + random.nextInt(8)];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = TELLING[random.nextInt(TELLING.length)];
        }
        return bytes;
    }

    private static @Nullable String collected(byte[] message, Random random) {
        FragmentedText text = new FragmentedText();
        for (int at = 0; at < message.length; ) {
            int next = at + random.nextInt(message.length - at + 1);
            if (!text.append(ByteBuffer.wrap(Arrays.copyOfRange(message, at, next)), false)) {
                return null;
            }
            at = next;
        }
        return text.append(ByteBuffer.allocate(0), true) ? text.toString() : null;
    }

    private static @Nullable String decoded(byte[] message) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message))
                    .toString();
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }
}
