package io.headgate.host.loading;

import io.headgate.host.loading.ZipForge.Forged;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A jar that a fuzzer describes instead of writing it: names, contents and lies, while lengths, offsets and checksums come out right
 * by themselves, which bytes that are bent at random hardly ever do.
 */
final class ForgedJar {

    /** What such an input begins with; a jar of its own begins with a {@code P}. */
    static final byte MARK = 'f';

    private static final String[] NAMES = {
        "a",
        "a/",
        "A",
        "a/B.class",
        "META-INF/MANIFEST.MF",
        "META-INF/versions/9/a",
        "META-INF/versions/17/a",
        "é",
        "é",
        "a."
    };

    private final ByteBuffer in;

    private ForgedJar(byte[] input) {
        this.in = ByteBuffer.wrap(input, 1, input.length - 1);
    }

    static boolean isDescribed(byte[] input) {
        return input.length > 0 && input[0] == MARK;
    }

    static byte[] of(byte[] input) {
        return new ForgedJar(input).bytes();
    }

    private byte[] bytes() {
        ZipForge jar = (next() & 1) == 0 ? ZipForge.plugin() : new ZipForge();
        while (in.hasRemaining()) {
            jar.with(name(), content(), this::lie);
        }
        return jar.bytes();
    }

    private String name() {
        int choice = next();
        return choice < NAMES.length ? NAMES[choice] : new String(take(choice - NAMES.length), StandardCharsets.UTF_8);
    }

    private byte[] content() {
        int length = next();
        // Contents that are long compress well: a bomb is a short input too.
        return length < 0x80 ? take(length) : new byte[(length - 0x7f) << 10];
    }

    private void lie(Forged entry) {
        int lie = next();
        if ((lie & 1) != 0) {
            entry.stored(content());
        }
        if ((lie & 2) != 0) {
            entry.described();
        }
        int lies = (lie & 4) == 0 ? 0 : next() % 4;
        for (int told = 0; told <= lies && (lie & 4) != 0; told++) {
            lieOnce(entry);
        }
    }

    private void lieOnce(Forged entry) {
        switch (next() % 16) {
            case 0 -> entry.flagged(next() << (next() & 8));
            case 1 -> entry.dirFlags ^= 1 << (next() & 15);
            case 2 -> entry.flags ^= 1 << (next() & 15);
            case 3 -> entry.method = entry.dirMethod = next();
            case 4 -> entry.size = entry.dirSize = next();
            case 5 -> entry.dirCompressed += (byte) next();
            case 6 -> entry.compressed += (byte) next();
            case 7 -> entry.crc = entry.dirCrc = next();
            case 8 -> entry.extra = take(next() & 31);
            case 9 -> entry.dirExtra = take(next() & 31);
            case 10 -> entry.extra = entry.dirExtra = take(next() & 31);
            case 11 -> entry.dirName = name().getBytes(StandardCharsets.UTF_8);
            case 12 -> entry.name = entry.dirName = take(next() & 31);
            case 13 -> {
                entry.madeBy = next() << 8;
                entry.attributes = next() << 24;
            }
            case 14 -> entry.descriptor = take(next() & 31);
            default -> entry.gap = take(next() & 15);
        }
    }

    private int next() {
        return in.hasRemaining() ? Byte.toUnsignedInt(in.get()) : 0;
    }

    private byte[] take(int most) {
        byte[] taken = new byte[Math.min(most, in.remaining())];
        in.get(taken);
        return taken;
    }
}
