package io.headgate.host.loading;

import static io.headgate.host.loading.HostileJar.bytes;
import static io.headgate.host.loading.HostileJar.named;
import static io.headgate.host.loading.HostileJar.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jars that say one thing to one reader and another to another, lead elsewhere, or grow: each is refused, with its reason. */
final class HostileJarsTest {

    /** Small ones, so that a bomb is a small one too. */
    private static final JarBounds SMALL = JarBounds.defaults()
            .withFileBytes(8192)
            .withEntries(8)
            .withInflated(4096, 6144)
            .withNameBytes(64);

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "io.headgate.host.loading.HostileNames#names",
        "io.headgate.host.loading.HostileNames#content",
        "io.headgate.host.loading.HostileShapes#sizes",
        "io.headgate.host.loading.HostileShapes#structure"
    })
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
