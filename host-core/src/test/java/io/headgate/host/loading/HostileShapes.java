package io.headgate.host.loading;

import static io.headgate.host.loading.HostileJar.PLACE;
import static io.headgate.host.loading.HostileJar.bytes;
import static io.headgate.host.loading.HostileJar.named;
import static io.headgate.host.loading.HostileJar.row;
import static io.headgate.host.loading.HostileJar.zeros;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Jars that grow when they are read, and jars that two readers see two things in. */
final class HostileShapes {

    private HostileShapes() {}

    static Stream<Arguments> sizes() {
        return Stream.of(
                row(
                        "a large file",
                        named("a").but(jar -> jar.after = zeros(8192)),
                        "evil.jar: has more than 8192 bytes (JarBounds.fileBytes)"),
                row("many entries", many(8), "evil.jar: has more than 8 entries (JarBounds.entries)"),
                row(
                        "a bomb",
                        ZipForge.plugin().with("bomb", zeros(4097), entry -> {}),
                        PLACE + "bomb: has more than 4096 bytes inflated (JarBounds.entryBytes)"),
                row(
                        "a bomb that says it is small",
                        ZipForge.plugin().with("bomb", zeros(4097), entry -> {
                            entry.size = entry.dirSize = 10;
                        }),
                        PLACE + "bomb: has more than 4096 bytes inflated"),
                row(
                        "a bomb in parts",
                        ZipForge.plugin().with("a", zeros(3072), entry -> {}).with("b", zeros(3072), entry -> {}),
                        PLACE + "b: with it the jar has more than 6144 bytes inflated (JarBounds.inflatedBytes)"),
                row(
                        "a bomb of overlaps",
                        ZipForge.plugin().with("a", "x", entry -> entry.times = 2),
                        "the entry is there twice"),
                row(
                        "a size that lies",
                        ZipForge.plugin().with("a", "xyz", entry -> {
                            entry.size = entry.dirSize = 2;
                        }),
                        PLACE + "a: "),
                row(
                        "a size that lies behind",
                        ZipForge.plugin().with("a", "xyz", entry -> {
                            entry.dirSize = entry.size = 2;
                            entry.described();
                        }),
                        PLACE + "a: "));
    }

    private static ZipForge many(int more) {
        ZipForge jar = ZipForge.plugin();
        for (int i = 0; i < more; i++) {
            jar.with("e" + i);
        }
        return jar;
    }

    static Stream<Arguments> structure() {
        return Stream.of(
                row("nothing", zeros(0), "evil.jar: not a zip file"),
                row(
                        "no zip",
                        "#!/bin/sh\nexec something that is long enough\n".getBytes(StandardCharsets.UTF_8),
                        "not a zip file"),
                row("cut off", Arrays.copyOf(named("a").bytes(), 300), "not a zip file"),
                row("something before", named("a").but(jar -> jar.before = zeros(4)), "nothing may stand before"),
                row(
                        "something before, and told",
                        named("a").but(jar -> {
                            jar.before = zeros(4);
                            jar.offsetShift = -4;
                        }),
                        "nothing may stand before a jar"),
                row("something behind", named("a").but(jar -> jar.after = zeros(1)), "nothing may follow it"),
                row("a comment", named("a").but(jar -> jar.comment = "PK"), "nothing may follow it, no comment"),
                row(
                        "something between",
                        ZipForge.plugin()
                                .with("a", "x", entry -> entry.gap = zeros(3))
                                .with("b"),
                        PLACE + "a: its content of",
                        "nothing may stand between"),
                row(
                        "something before the directory",
                        named("a").but(jar -> jar.beforeDirectory = zeros(30)),
                        "nothing may stand between"),
                row(
                        "only before the directory",
                        new ZipForge().but(jar -> jar.beforeDirectory = zeros(30)),
                        "belong to no entry"),
                row(
                        "for readers by stream only",
                        ZipForge.plugin()
                                .with("hidden", "x", entry -> entry.hidden = true)
                                .with("a"),
                        PLACE),
                row(
                        "for readers by stream only, first",
                        new ZipForge()
                                .with("hidden", "x", entry -> entry.hidden = true)
                                .with(PluginJar.MANIFEST, ZipForge.MANIFEST, entry -> {}),
                        "nothing may stand before"),
                row(
                        "for readers by stream only, last",
                        ZipForge.plugin().with("hidden", "x", entry -> entry.hidden = true),
                        "its content of"),
                row(
                        "for readers by directory only",
                        ZipForge.plugin().with("a", "x", entry -> entry.shift = 2),
                        "nothing may stand between"),
                row(
                        "another name by stream",
                        ZipForge.plugin().with("evil/A.class", "x", entry -> entry.name = bytes("good/A.class")),
                        PLACE + "evil/A.class: the directory and the entry itself do not say the same",
                        "another name, " + PLACE + "good/A.class"),
                row(
                        "another size by stream",
                        ZipForge.plugin().with("a", "xyz", entry -> entry.size = 2),
                        "another size or CRC"),
                row(
                        "another CRC by stream",
                        ZipForge.plugin().with("a", "xyz", entry -> entry.crc++),
                        "another size or CRC"),
                row(
                        "another method by stream",
                        ZipForge.plugin().with("a", "xyz", entry -> entry.method = 0),
                        "another method or other flags"),
                row(
                        "other flags by stream",
                        ZipForge.plugin().with("a", "xyz", entry -> entry.flags |= 2),
                        "another method or other flags"),
                row(
                        "another size behind",
                        ZipForge.plugin().with("a", "xyz", entry -> {
                            entry.described();
                            entry.descriptor[12]++;
                        }),
                        "its content of"),
                row(
                        "stored, its size behind",
                        ZipForge.plugin()
                                .with(
                                        "a",
                                        "xyz",
                                        entry -> entry.stored(bytes("xyz")).described()),
                        "is stored, and its length stands behind it"),
                row(
                        "stored, with more behind it than it says",
                        ZipForge.plugin().with("a", "", entry -> entry.stored(bytes("hidden"))),
                        PLACE + "a: is stored, and has 6 bytes in the file but a size of 0"),
                row(
                        "half a field of extra data",
                        ZipForge.plugin().with("a", "x", entry -> entry.dirExtra = zeros(3)),
                        PLACE + "a: its extra data of 3 bytes is no row of whole fields"),
                row(
                        "a field that is longer than all extra data",
                        ZipForge.plugin().with("a", "x", entry -> entry.dirExtra = new byte[] {0, 0, 1, 0}),
                        PLACE + "a: its extra data of 4 bytes is no row of whole fields"),
                row(
                        "a field of zip64",
                        ZipForge.plugin().with("a", "x", entry -> entry.dirExtra = new byte[] {1, 0, 1, 0, 0}),
                        PLACE + "a: has an extra field of zip64, which is not supported"),
                row(
                        "a field of zip64 by stream",
                        ZipForge.plugin().with("a", "x", entry -> {
                            entry.described();
                            entry.extra = new byte[] {1, 0, 0, 0};
                        }),
                        PLACE + "a: has an extra field of zip64, which is not supported"),
                row(
                        "a wrong CRC",
                        ZipForge.plugin().with("a", "xyz", entry -> entry.crc = entry.dirCrc = 7),
                        PLACE + "a: cannot be inflated"),
                row(
                        "content that is not deflated",
                        ZipForge.plugin()
                                .with("a", "xyz", entry -> entry.data = entry.data.clone())
                                .but(jar -> {})
                                .with("b", "x", entry -> entry.data[0] = (byte) 0xff),
                        PLACE + "b: cannot be inflated"),
                row(
                        "content behind content",
                        ZipForge.plugin().with("a", "xyz", entry -> {
                            entry.data = Arrays.copyOf(entry.data, entry.data.length + 5);
                            entry.compressed = entry.dirCompressed = entry.data.length;
                        }),
                        PLACE + "a: "),
                row(
                        "more than it counts",
                        named("a").but(jar -> jar.moreCounted = -1),
                        "more entries than its end says"),
                row(
                        "less than it counts",
                        named("a").but(jar -> jar.moreCounted = 1),
                        "fewer entries than its end says"),
                row("one of several", named("a").but(jar -> jar.disk = 1), "must be one file"),
                row(
                        "on another disk",
                        ZipForge.plugin().with("a", "x", entry -> entry.disk = 1),
                        "outside of the file"),
                row(
                        "zip64",
                        ZipForge.plugin().with("a", "x", entry -> entry.dirCompressed = entry.compressed = 0xffffffffL),
                        "zip64 is not supported"),
                row(
                        "encrypted",
                        ZipForge.plugin().with("a", "x", entry -> entry.flagged(1)),
                        PLACE + "a: is encrypted"),
                row(
                        "strongly encrypted",
                        ZipForge.plugin().with("a", "x", entry -> entry.flagged(1 << 6)),
                        "is encrypted"),
                row(
                        "with a hidden directory",
                        ZipForge.plugin().with("a", "x", entry -> entry.flagged(1 << 13)),
                        "is encrypted"),
                row(
                        "patched",
                        ZipForge.plugin().with("a", "x", entry -> entry.flagged(1 << 5)),
                        "features of zip that are not supported, flags 0x0820"),
                row(
                        "of another method",
                        ZipForge.plugin().with("a", "x", entry -> entry.method = entry.dirMethod = 12),
                        "compressed by method 12"),
                row(
                        "a link",
                        ZipForge.plugin().with("a", "/etc/passwd", entry -> {
                            entry.madeBy = 3 << 8 | 20;
                            entry.attributes = 0xa1ff << 16;
                        }),
                        "no symbolic links"),
                row("a directory with content", ZipForge.plugin().with("a/"), "a directory must have no content"));
    }
}
