package io.headgate.host.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a jar is bent: what is taken is the same to a reader by stream and to one by directory, and nothing but a refusal is thrown. */
final class JarMutationTest {

    private static final int[] VALUES = {0, 1, 2, 8, 0x2e, 0x2f, 0x50, 0x7f, 0x80, 0xff};

    @TempDir
    Path folder;

    private static byte[] jar() {
        return ZipForge.plugin()
                .with("a/B.class", "some content, some content", ZipForge.Forged::described)
                .with("c.txt", "xyz", entry -> entry.stored("xyz".getBytes(StandardCharsets.UTF_8)))
                .bytes();
    }

    @Test
    void whatever_byte_is_changed_all_readers_see_the_same() throws IOException {
        byte[] jar = jar();
        int taken = 0;
        for (int at = 0; at < jar.length; at++) {
            for (int value : VALUES) {
                byte[] bent = jar.clone();
                bent[at] = (byte) value;
                taken += sameToAll(bent) ? 1 : 0;
            }
        }
        // Times, versions and attributes may be what they like; and some bytes had that value before.
        assertThat(taken).isBetween(1, jar.length * VALUES.length / 2);
    }

    @Test
    void wherever_it_is_cut_or_grows_it_is_refused() {
        byte[] jar = jar();
        for (int at = 0; at < jar.length; at++) {
            byte[] head = new byte[at];
            System.arraycopy(jar, 0, head, 0, at);
            byte[] grown = new byte[jar.length + 1];
            System.arraycopy(jar, 0, grown, 0, at);
            System.arraycopy(jar, at, grown, at + 1, jar.length - at);

            assertThat(taken(head)).as("cut at %d", at).isEmpty();
            // Where a byte was doubled within content or names, a reader may still be content with what it sees.
            taken(grown).ifPresent(files -> assertThat(byStream(grown)).isEqualTo(shown(files)));
        }
    }

    private boolean sameToAll(byte[] bent) throws IOException {
        Optional<Map<String, byte[]>> files = taken(bent);
        if (files.isEmpty()) {
            return false;
        }
        Map<String, String> seen = shown(files.get());
        assertThat(byStream(bent)).isEqualTo(seen);
        assertThat(byDirectory(bent)).isEqualTo(seen);
        return true;
    }

    private static Optional<Map<String, byte[]>> taken(byte[] bent) {
        try {
            return Optional.of(JarReader.read(bent, JarBounds.defaults(), new JarProblem("bent.jar")));
        } catch (ConfigurationException refused) {
            return Optional.empty();
        }
    }

    private static Map<String, String> byStream(byte[] jar) {
        Map<String, String> seen = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                seen.put(entry.getName(), text(zip.readAllBytes()));
            }
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
        return seen;
    }

    private Map<String, String> byDirectory(byte[] jar) throws IOException {
        Path file = Files.write(folder.resolve("bent.jar"), jar);
        Map<String, String> seen = new HashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            for (ZipEntry entry : zip.stream().toArray(ZipEntry[]::new)) {
                seen.put(entry.getName(), text(zip.getInputStream(entry).readAllBytes()));
            }
        }
        return seen;
    }

    private static Map<String, String> shown(Map<String, byte[]> files) {
        Map<String, String> shown = new HashMap<>();
        files.forEach((name, content) -> shown.put(name, text(content)));
        return shown;
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }
}
