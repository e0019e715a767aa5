package io.headgate.host.loading;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing begins with, and what it once found, in every build and without a fuzzer. */
final class JarReplayTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.headgate.host.loading.JarSeeds#jars")
    void jars(byte[] input) {
        holds(folder, input);
    }

    static boolean holds(Path folder, byte[] input) {
        byte[] jar = ForgedJar.isDescribed(input) ? ForgedJar.of(input) : input;
        return new JarLaws(folder.resolve("some.jar")).hold(jar);
    }
}
