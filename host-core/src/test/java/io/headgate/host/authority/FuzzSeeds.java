package io.headgate.host.authority;

import static io.headgate.host.fuzz.FuzzInputs.input;

import io.headgate.host.fuzz.FuzzInputs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What fuzzing begins with beside its files: the hostile spellings, the examples of the docs, and the bad files of the tests. */
final class FuzzSeeds {

    private static final String PAGE = "reference/manifest-and-grants.md";

    private FuzzSeeds() {}

    static Stream<Arguments> targets() {
        return Stream.concat(
                FuzzInputs.files(TargetFuzzTest.class, "targets"),
                Spelling.table().stream().map(row -> input(row.toString(), bytes(row.text()))));
    }

    static Stream<Arguments> manifests() {
        return Stream.of(
                        FuzzInputs.files(ManifestFuzzTest.class, "manifests"),
                        examples(),
                        texts(ConfigurationProblemsTest.badManifests()))
                .flatMap(inputs -> inputs);
    }

    static Stream<Arguments> grants() {
        return Stream.of(
                        FuzzInputs.files(GrantFuzzTest.class, "grants"),
                        examples(),
                        texts(ConfigurationProblemsTest.badGrantFiles()))
                .flatMap(inputs -> inputs);
    }

    private static Stream<Arguments> examples() {
        return FuzzInputs.yamlOf(PAGE).stream().map(yaml -> input("an example", yaml));
    }

    private static Stream<Arguments> texts(List<Arguments> rows) {
        return rows.stream().map(row -> input("a bad file", (String) row.get()[0]));
    }

    /** Half a character has no UTF-8. */
    private static byte[] bytes(String text) {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteBuffer wide = ByteBuffer.allocate(2 + 2 * text.length()).putChar('\ufeff');
        text.chars().forEach(unit -> wide.putChar((char) unit));
        return wide.array();
    }
}
