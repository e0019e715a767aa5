package io.headgate.host.loading;

import static io.headgate.host.loading.HostileJar.PLACE;
import static io.headgate.host.loading.HostileJar.named;
import static io.headgate.host.loading.HostileJar.row;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Jars with entries that are called what they must not be, and with manifests that are none. */
final class HostileNames {

    private HostileNames() {}

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
}
