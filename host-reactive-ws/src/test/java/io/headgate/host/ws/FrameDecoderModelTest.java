package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ws.test.Octets;
import io.headgate.host.ws.test.WireFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Streams of frames, good and bad, cut anywhere: the decoder makes of them what Netty's would. */
final class FrameDecoderModelTest {

    private static final int RUNS = 5_000;
    private static final int BOUND = 1000;
    private static final int LONG_BOUND = 200_000;
    private static final int[] SIZES = {0, 1, 2, 8, 124, 125, 126, 127, 299, 300, 301, 999, 1000, 1001};
    private static final int[] LONG_SIZES = {65_534, 65_535, 65_536, 65_537, 200_000, 200_001};
    private static final int[] CODES = {
        0, 999, 1000, 1003, 1004, 1005, 1006, 1007, 1014, 1015, 2999, 3000, 4999, 5000, 0x7fff, 0x8000, 0xffff
    };
    private static final byte[] TELLING = HexFormat.of().parseHex("007fc2e0a09fbfedee80f0f4908f8bc0c1f5e282acefbfbd");

    @Test
    @DisplayName("It sees in any slices what Netty's decoder sees in the whole")
    void asNettys() {
        Map<String, Integer> ends = new HashMap<>();
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            compare(run, random, stream(random, SIZES), BOUND, ends);
        }
        assertThat(ends).containsKeys("1002", "1007", "1009", "Close", "Text", "Binary", "Pong", "Ping");
        assertThat(ends.values()).allMatch(count -> count > RUNS / 100);
    }

    @Test
    void likewiseWithLongFrames() {
        Map<String, Integer> ends = new HashMap<>();
        for (int run = 0; run < RUNS / 100; run++) {
            Random random = new Random(run);
            compare(run, random, stream(random, LONG_SIZES), LONG_BOUND, ends);
        }
        assertThat(ends).containsKeys("1002", "1009", "Text");
    }

    private static void compare(int seed, Random random, byte[] bytes, int bound, Map<String, Integer> ends) {
        List<String> expected = NettyDecoded.of(bytes, bound);
        Decoded decoded = new Decoded(bound);
        int slices = 0;
        for (int at = 0; at < bytes.length; slices++) {
            int next = Math.min(bytes.length, at + slice(random, bytes.length));
            decoded.read(bytes, at, next);
            at = next;
        }

        assertThat(decoded.seen()).as("seed %s", seed).isEqualTo(expected);
        assertThat(decoded.decoder().reads()).isEqualTo(slices);
        assertThat(decoded.given()).allMatch(buffer -> buffer.refCnt() == 0);
        decoded.channel().finishAndReleaseAll();
        if (!expected.isEmpty()) {
            String last = expected.get(expected.size() - 1);
            ends.merge(last.split("[ \\[]", 2)[0], 1, Integer::sum);
        }
    }

    /** Some streams byte by byte, some in a few pieces. */
    private static int slice(Random random, int length) {
        return switch (random.nextInt(4)) {
            case 0 -> 1;
            case 1 -> 1 + random.nextInt(16);
            case 2 -> 1 + random.nextInt(length);
            default -> length;
        };
    }

    private static byte[] stream(Random random, int[] sizes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean within = false;
        int frames = 1 + random.nextInt(8);
        for (int at = 0; at < frames; at++) {
            boolean data = random.nextInt(3) > 0;
            boolean last = random.nextBoolean();
            WireFrame frame = data ? data(random, sizes, within) : control(random);
            if (data && !last) {
                frame = frame.unfinished();
            }
            within = data ? !last : within;
            out.writeBytes(spoilt(random, frame));
        }
        return out.toByteArray();
    }

    private static WireFrame data(Random random, int[] sizes, boolean within) {
        boolean odd = random.nextInt(40) == 0;
        byte[] payload = random.nextInt(4) == 0 ? telling(random) : utf8(random, sizes[random.nextInt(sizes.length)]);
        int opcode = within ^ odd ? 0 : 1 + random.nextInt(4) / 3;
        return WireFrame.of(opcode, Octets.of(payload));
    }

    private static WireFrame control(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> WireFrame.close();
            case 1 -> WireFrame.close(CODES[random.nextInt(CODES.length)], "ende €");
            case 2 -> WireFrame.of(8, Octets.of(new byte[] {3, (byte) 0xe8}).plus(Octets.of(telling(random))));
            case 3, 4, 5, 6 -> WireFrame.pong(Octets.of(utf8(random, random.nextBoolean() ? 8 : random.nextInt(126))));
            default -> WireFrame.ping(Octets.of(utf8(random, random.nextInt(126))));
        };
    }

    /** Most as they are; some with one header bit turned, or with a length in a longer form. */
    private static byte[] spoilt(Random random, WireFrame frame) {
        byte[] bytes = frame.bytes().toArray();
        switch (random.nextInt(60)) {
            case 0 -> bytes[0] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[1] ^= (byte) 0x80;
            case 2 -> {
                return longer(bytes, frame.payload().toArray());
            }
            default -> {}
        }
        return bytes;
    }

    private static byte[] longer(byte[] bytes, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes[0]);
        boolean eight = payload.length >= 126;
        out.write(eight ? 127 : 126);
        out.writeBytes(eight ? new byte[] {0, 0, 0, 0, 0, (byte) (payload.length >> 16)} : new byte[0]);
        out.write(payload.length >> 8);
        out.write(payload.length);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private static byte[] utf8(Random random, int size) {
        StringBuilder text = new StringBuilder();
        List<String> some = new ArrayList<>(List.of("a", "b", "é", "€", "😀", "\uFFFD", " "));
        int left = size;
        while (left > 0) {
            String next = left > 4 && random.nextInt(3) == 0 ? some.get(random.nextInt(some.size())) : "x";
            text.append(next);
            left -= next.getBytes(StandardCharsets.UTF_8).length;
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] telling(Random random) {
        byte[] bytes = new byte[random.nextInt(8)];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = TELLING[random.nextInt(TELLING.length)];
        }
        return bytes;
    }
}
