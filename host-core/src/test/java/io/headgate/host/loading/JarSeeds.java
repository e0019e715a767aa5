package io.headgate.host.loading;

import static io.headgate.host.fuzz.FuzzInputs.input;

import io.headgate.host.fuzz.FuzzInputs;
import java.nio.charset.StandardCharsets;
import java.util.jar.Attributes;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What fuzzing begins with beside its files: honest jars, and the hostile ones of the tests. */
final class JarSeeds {

    private JarSeeds() {}

    static Stream<Arguments> jars() {
        return Stream.of(FuzzInputs.files(JarFuzzTest.class, "jars"), honest(), hostile())
                .flatMap(inputs -> inputs);
    }

    private static Stream<Arguments> honest() {
        String multiRelease = Attributes.Name.MANIFEST_VERSION + ": 1.0\n" + Attributes.Name.MULTI_RELEASE + ": true\n";
        return Stream.of(
                input(
                        "written by the JDK",
                        JarKit.plugin("a.B").file("a/B.class", "no class").bytes()),
                input(
                        "for several releases",
                        JarKit.plugin("a.B")
                                .file("META-INF/MANIFEST.MF", multiRelease)
                                .file("a/B.class", "old")
                                .file("META-INF/versions/9/a/B.class", "new")
                                .file("META-INF/versions/99/a/B.class", "of the future")
                                .bytes()),
                input(
                        "forged honestly",
                        ZipForge.plugin()
                                .with("a/", "", entry -> {})
                                .with("a/deflated", "xyz", entry -> {})
                                .with("a/described", "xyz", ZipForge.Forged::described)
                                .with("a/stored", "xyz", entry -> entry.stored("xyz".getBytes(StandardCharsets.UTF_8)))
                                .bytes()),
                input("described", new byte[] {ForgedJar.MARK, 0, 3, 3, 'x', 'y', 'z', 0, 0, 0, 2}));
    }

    private static Stream<Arguments> hostile() {
        return Stream.of(HostileNames.names(), HostileNames.content(), HostileShapes.sizes(), HostileShapes.structure())
                .flatMap(rows -> rows)
                .map(row -> input((String) row.get()[0], (byte[]) row.get()[1]));
    }
}
