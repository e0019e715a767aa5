package io.headgate.host.loading;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.provider.Arguments;

/** How a hostile jar stands in a table: what is wrong with it, its bytes, and what the refusal must say. */
final class HostileJar {

    static final String PLACE = "evil.jar!/";

    private HostileJar() {}

    static Arguments row(String what, ZipForge jar, String... expected) {
        return row(what, jar.bytes(), expected);
    }

    static Arguments row(String what, byte[] jar, String... expected) {
        return Arguments.of(what, jar, expected);
    }

    static ZipForge named(String name) {
        return ZipForge.plugin().with(name);
    }

    static byte[] zeros(int count) {
        return new byte[count];
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
