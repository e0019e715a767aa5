package io.headgate.host.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ConfigurationException;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** What holds of every file that is taken for a plugin's jar: it is refused shortly, or every reader sees the same in it, within the bounds. */
final class JarLaws {

    /** Small ones, so that the fuzzer gets to them. */
    static final JarBounds BOUNDS = JarBounds.defaults()
            .withFileBytes(64 << 10)
            .withEntries(12)
            .withInflated(32 << 10, 48 << 10)
            .withNameBytes(128);

    private static final String NAME = "some.jar";
    private static final int MOST_CHARACTERS = 2000;

    /** Where the JDK's readers of files find it. */
    private final Path file;

    JarLaws(Path file) {
        this.file = file;
    }

    /** Whether it was accepted, as a jar or as a plugin's. */
    boolean hold(byte[] jar) {
        Map<String, byte[]> files;
        try {
            files = JarReader.read(jar, BOUNDS, new JarProblem(NAME));
        } catch (ConfigurationException refused) {
            holdOf(refused);
            return false;
        }
        try {
            Files.write(file, jar);
            holdOf(files, jar);
            holdOfPlugin(jar);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return true;
    }

    private static void holdOf(ConfigurationException refused) {
        String message = String.valueOf(refused.getMessage());
        assertThat(message)
                .startsWith(NAME)
                .hasSizeLessThan(MOST_CHARACTERS * refused.problems().size());
        assertThat(message.codePoints().anyMatch(c -> c != '\n' && Printable.isHidden(c)))
                .as(message)
                .isFalse();
    }

    private void holdOf(Map<String, byte[]> files, byte[] jar) throws IOException {
        assertThat(jar.length).isLessThanOrEqualTo((int) BOUNDS.fileBytes());
        assertThat(files).hasSizeLessThanOrEqualTo(BOUNDS.entries());
        assertThat(files.values().stream().mapToLong(content -> content.length).sum())
                .isLessThanOrEqualTo(BOUNDS.inflatedBytes());
        Path folder = Path.of("/some/folder");
        files.forEach((name, content) -> {
            assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(BOUNDS.nameBytes());
            assertThat((long) content.length).isLessThanOrEqualTo(BOUNDS.entryBytes());
            assertThat(folder.resolve(name).normalize())
                    .isEqualTo(folder.resolve(name))
                    .startsWithRaw(folder)
                    .isNotEqualTo(folder);
            assertThat(name).doesNotContain("\\", ":", "\0");
        });
        Map<String, String> seen = new HashMap<>();
        files.forEach((name, content) -> seen.put(name, text(content)));
        assertThat(byStream(jar)).isEqualTo(seen);
        assertThat(byDirectory()).isEqualTo(seen);
    }

    private void holdOfPlugin(byte[] bytes) throws IOException {
        PluginJar jar;
        try {
            jar = PluginJar.of(NAME, bytes, BOUNDS);
        } catch (ConfigurationException refused) {
            holdOf(refused);
            return;
        }
        assertThat(jar.digest()).hasToString("sha256:" + HexFormat.of().formatHex(sha256(bytes)));
        try (JarFile seen = new JarFile(file.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
            for (String name : new TreeSet<>(Collections.list(seen.entries()).stream()
                    .map(ZipEntry::getName)
                    .filter(name -> !name.endsWith("/"))
                    .toList())) {
                assertThat(text(jar.contents().find(name))).isEqualTo(text(content(seen, seen.getJarEntry(name))));
            }
            assertThat(jar.manifest())
                    .isEqualTo(Manifest.parse(NAME, content(seen, seen.getJarEntry(PluginJar.MANIFEST))));
        }
        assertThat(PluginJar.read(file, BOUNDS).digest()).isEqualTo(jar.digest());
    }

    private static Map<String, String> byStream(byte[] jar) throws IOException {
        Map<String, String> seen = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readAllBytes();
                if (!entry.isDirectory()) {
                    assertThat(seen.put(entry.getName(), text(content))).isNull();
                }
            }
        }
        return seen;
    }

    private Map<String, String> byDirectory() throws IOException {
        Map<String, String> seen = new HashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.isDirectory()) {
                    assertThat(seen.put(entry.getName(), text(content(zip, entry))))
                            .isNull();
                }
            }
        }
        return seen;
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }
}
