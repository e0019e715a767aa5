package io.headgate.host.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import io.headgate.host.authority.JarDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar is read once, and its digest is that of what was read. */
final class PluginJarTest {

    @TempDir
    Path folder;

    private static byte[] jar() {
        return JarKit.plugin("test.Bridge").file("x.txt", "x").bytes();
    }

    @Test
    void its_digest_is_that_of_its_bytes() throws NoSuchAlgorithmException, IOException {
        byte[] jar = jar();
        Path file = Files.write(folder.resolve("bridge.jar"), jar);
        String expected =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));

        PluginJar read = PluginJar.read(file);
        assertThat(read.digest()).hasToString("sha256:" + expected);
        assertThat(read.manifest().id()).isEqualTo("test.plugin");
        assertThat(read).hasToString(file + " (test.plugin 1.0.0, sha256:" + expected + ")");
        assertThat(JarDigest.parse("sha256:" + expected.toUpperCase(Locale.ROOT)))
                .isEqualTo(read.digest());
    }

    @Test
    void the_file_is_not_looked_at_again() throws IOException {
        Path file = Files.write(folder.resolve("bridge.jar"), jar());
        PluginJar read = PluginJar.read(file);
        Files.delete(file);

        assertThat(read.contents().find("x.txt")).isEqualTo("x".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bytes_that_are_changed_afterwards_are_not_what_was_read() {
        byte[] jar = jar();
        PluginJar read = PluginJar.of("bridge.jar", jar, JarBounds.defaults());
        Arrays.fill(jar, (byte) 0);

        assertThat(read.contents().find("x.txt")).isEqualTo("x".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        Path missing = folder.resolve("missing.jar");

        assertThatThrownBy(() -> PluginJar.read(missing))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(missing + ": cannot be read: no such file");
        assertThatThrownBy(() -> PluginJar.read(folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(folder + ": cannot be read: IOException");
    }

    @Test
    void a_file_is_read_no_further_than_its_bound() throws IOException {
        byte[] jar = jar();
        Path file = Files.write(folder.resolve("bridge.jar"), jar);

        assertThat(PluginJar.read(file, JarBounds.defaults().withFileBytes(jar.length))
                        .digest())
                .isEqualTo(JarDigest.of(jar));
        assertThatThrownBy(() -> PluginJar.read(file, JarBounds.defaults().withFileBytes(jar.length - 1)))
                .hasMessage(file + ": has more than " + (jar.length - 1) + " bytes (JarBounds.fileBytes)");
    }

    @Test
    void of_a_multi_release_jar_the_running_java_sees_its_own() {
        int runtime = Runtime.version().feature();
        JarKit kit = JarKit.plugin("test.Bridge")
                .file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n")
                .file("x.txt", "base")
                .file("META-INF/versions/9/x.txt", "nine")
                .file("META-INF/versions/" + runtime + "/x.txt", "now")
                .file("META-INF/versions/" + (runtime + 1) + "/x.txt", "later")
                .file("META-INF/versions/8/y.txt", "too old to be a version")
                .file("META-INF/versions/9/only.txt", "only")
                .file("META-INF/versions/9/META-INF/headgate/plugin.yaml", "never looked at");
        JarContents seen = kit.jar().contents();

        assertThat(seen.find("x.txt")).asString().isEqualTo("now");
        assertThat(seen.find("only.txt")).asString().isEqualTo("only");
        assertThat(seen.find("y.txt")).isNull();
        kit.file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n");
        assertThat(kit.jar().contents().find("x.txt")).asString().isEqualTo("base");
    }
}
