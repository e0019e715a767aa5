package io.headgate.host.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Jars that say one thing to one reader and another to another, lead elsewhere, or grow: each is refused, with its reason. */
final class HostileJarsTest {

    private static final String PLACE = "evil.jar!/";
    /** Small ones, so that a bomb is a small one too. */
    private static final JarBounds SMALL = JarBounds.defaults()
            .withFileBytes(8192)
            .withEntries(8)
            .withInflated(4096, 6144)
            .withNameBytes(64);

    private static Arguments row(String what, ZipForge jar, String... expected) {
        return row(what, jar.bytes(), expected);
    }

    private static Arguments row(String what, byte[] jar, String... expected) {
        return Arguments.of(what, jar, expected);
    }

    private static ZipForge named(String name) {
        return ZipForge.plugin().with(name);
    }

    private static byte[] zeros(int count) {
        return new byte[count];
    }

    static Stream<Arguments> names() {
        return Stream.of(
                row("zip-slip", named("../evil"), PLACE + "../evil: ", "no segment that is empty, '.' or '..'"),
                row("zip-slip within", named("a/../../evil"), PLACE + "a/../../evil: ", "'..'"),
                row("zip-slip at the end", named("a/.."), PLACE + "a/..: ", "'..'"),
                row("absolute", named("/etc/cron.d/evil"), "must not be absolute"),
                row("a drive", named("C:/evil"), PLACE + "C:/evil: ", "neither '\\' nor ':'"),
                row("a stream of NTFS", named("evil/A.class::$DATA"), "neither '\\' nor ':'"),
                row("a backslash", named("..\\evil"), "neither '\\' nor ':'"),
                row("NUL", named("evil.class\0.txt"), PLACE + "evil.class\\u0000.txt: ", "control or format"),
                row("a line break", named("a\nforged: line"), PLACE + "a\\u000aforged: line: ", "control or format"),
                row(
                        "right to left",
                        named("evil\u202etxt.class"),
                        PLACE + "evil\\u202etxt.class: ",
                        "control or format"),
                row("an empty segment", named("a//b"), "no segment that is empty"),
                row("a dot", named("./evil"), "no segment that is empty, '.'"),
                row("no name", named(""), PLACE + ": an entry must have a name"),
                row("a long name", named("n".repeat(65)), "has 65 bytes, more than 64 (JarBounds.nameBytes)"),
                row(
                        "a name of unknown charset",
                        ZipForge.plugin().with("\u00e9vil", "x", entry -> {
                            entry.flags = entry.dirFlags = 0;
                        }),
                        "ASCII, or UTF-8 and marked"),
                row(
                        "a name that is no UTF-8",
                        ZipForge.plugin().with("x", "x", entry -> {
                            entry.name = entry.dirName = new byte[] {(byte) 0xc0, (byte) 0xaf};
                        }),
                        "ASCII, or UTF-8 and marked"),
                row(
                        "a second name",
                        ZipForge.plugin().with("good", "x", entry -> {
                            entry.dirExtra = entry.extra = ZipForge.le(12)
                                    .putShort((short) 0x7075)
                                    .putShort((short) 8)
                                    .put((byte) 1)
                                    .putInt(0)
                                    .put("bad".getBytes(StandardCharsets.US_ASCII))
                                    .array();
                        }),
                        PLACE + "good: has a second name"),
                row("twice", named("a").with("a"), PLACE + "a: the entry is there twice"),
                row("the manifest twice", ZipForge.plugin().with(PluginJar.MANIFEST), "the entry is there twice"),
                row(
                        "in another case",
                        named("a/B.class").with("A/b.class"),
                        "some file systems take it for " + PLACE + "a/B.class"),
                row("composed and not", named("\u00e9").with("e\u0301"), "some file systems take it for"),
                row("a dot behind", named("a.txt").with("a.txt."), "some file systems take it for"),
                row("a space behind", named("a/b").with("a /b"), "some file systems take it for"),
                row("a file and a directory", named("a").with("a/", "", entry -> {}), "some file systems take it for"));
    }

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

    static Stream<Arguments> content() {
        return Stream.of(
                row(
                        "java",
                        named("java/lang/Evil.class"),
                        PLACE + "java/lang/Evil.class: the package java is the host's"),
                row(
                        "the plugin API",
                        named("io/headgate/plugin/ServicePlugin.class"),
                        "the package io.headgate.plugin is the host's",
                        "leave it out of the jar"),
                row(
                        "the test kit",
                        named("io/headgate/plugin/test/X.class"),
                        "the package io.headgate.plugin is the host's"),
                row(
                        "the host",
                        named("io/headgate/host/service/PluginHost.class"),
                        "the package io.headgate.host is the host's"),
                row("Reactor", named("reactor/core/publisher/Flux.class"), "the package reactor.core is the host's"),
                row("Reactor's tools", named("reactor/util/Loggers.class"), "the package reactor.util is the host's"),
                row(
                        "Reactor's adapters",
                        named("reactor/adapter/X.class"),
                        "the package reactor.adapter is the host's"),
                row(
                        "Reactive Streams",
                        named("org/reactivestreams/Publisher.class"),
                        "the package org.reactivestreams is the host's"),
                row("JSpecify", named("org/jspecify/annotations/X.class"), "the package org.jspecify is the host's"),
                row("SLF4J", named("org/slf4j/Logger.class"), "the package org.slf4j is the host's"),
                row("by version", named("META-INF/versions/9/java/lang/Evil.class"), "the package java is the host's"),
                row(
                        "by another version",
                        named("meta-inf/versions/99/org/slf4j/Logger.class"),
                        "the package org.slf4j is the host's"),
                row("no manifest", new ZipForge().with("a"), PLACE + "META-INF/headgate/plugin.yaml: missing"),
                row(
                        "a wrong manifest",
                        new ZipForge().with(PluginJar.MANIFEST, "version: 1\nid: evil\nrelease: 2.0\n", entry -> {}),
                        PLACE + "META-INF/headgate/plugin.yaml:3:10: release: expected",
                        PLACE + "META-INF/headgate/plugin.yaml:1:1: services: missing"),
                row(
                        "a manifest that is no UTF-8",
                        new ZipForge().with(PluginJar.MANIFEST, new byte[] {(byte) 0xff}, entry -> {}),
                        PLACE + "META-INF/headgate/plugin.yaml:1:1: must be UTF-8"),
                row(
                        "a manifest of Java's that is none",
                        named("a").with("META-INF/MANIFEST.MF", "evil\n", entry -> {}),
                        PLACE + "META-INF/MANIFEST.MF: is malformed"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"names", "sizes", "structure", "content"})
    void is_refused_and_says_why(String what, byte[] jar, String[] expected) {
        assertThatThrownBy(() -> PluginJar.of("evil.jar", jar, SMALL))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("evil.jar")
                .hasMessageContainingAll(expected)
                .satisfies(refused -> assertThat(refused.getMessage().lines()).hasSizeLessThanOrEqualTo(2));
    }

    @Test
    void what_the_forge_writes_honestly_is_taken() {
        byte[] jar = ZipForge.plugin()
                .with("a/", "", entry -> {})
                .with("a/deflated", "xyz", entry -> {})
                .with("a/described", "xyz", ZipForge.Forged::described)
                .with("a/stored", "xyz", entry -> entry.stored(bytes("xyz")))
                .with("META-INF/versions/9/x", "x", entry -> {})
                .bytes();

        JarContents contents = PluginJar.of("good.jar", jar, SMALL).contents();
        assertThat(contents.find("a/deflated")).isEqualTo(bytes("xyz"));
        assertThat(contents.find("a/described")).isEqualTo(bytes("xyz"));
        assertThat(contents.find("a/stored")).isEqualTo(bytes("xyz"));
        assertThat(contents.find("x")).isNull();
    }

    @Test
    void a_jar_at_each_bound_is_taken() {
        byte[] jar = ZipForge.plugin()
                .with("n".repeat(64), zeros(4096), entry -> {})
                .with("rest", zeros(2048 - ZipForge.MANIFEST.length()), entry -> {})
                .bytes();
        JarBounds exact = SMALL.withFileBytes(jar.length).withEntries(3);

        assertThatCode(() -> PluginJar.of("good.jar", jar, exact)).doesNotThrowAnyException();
        assertThatThrownBy(() -> PluginJar.of("evil.jar", jar, exact.withFileBytes(jar.length - 1)))
                .hasMessageContaining("JarBounds.fileBytes");
        assertThatThrownBy(() -> PluginJar.of("evil.jar", jar, exact.withEntries(2)))
                .hasMessageContaining("JarBounds.entries");
    }

    @Test
    void a_long_name_is_cut_where_it_is_shown() {
        byte[] jar = named("x".repeat(5000) + "\n").bytes();

        assertThatThrownBy(() -> PluginJar.of("evil.jar", jar, SMALL.withFileBytes(1 << 20)))
                .satisfies(refused ->
                        assertThat(refused.getMessage()).hasSizeLessThan(400).contains("x…: "));
    }
}
