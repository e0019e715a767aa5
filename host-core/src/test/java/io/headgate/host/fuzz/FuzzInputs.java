package io.headgate.host.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/** The inputs that fuzzing begins with, and that every build replays: files where Jazzer looks for them, and what tests know anyway. */
public final class FuzzInputs {

    private static final Pattern YAML = Pattern.compile("```yaml[^\\n]*\\n(.*?)```", Pattern.DOTALL);

    private FuzzInputs() {}

    /** The files of a target, {@code <class>Inputs/<method>} beside its class. */
    public static Stream<Arguments> files(Class<?> fuzzTest, String method) {
        String folder = fuzzTest.getSimpleName() + "Inputs/" + method;
        URL found = fuzzTest.getResource(folder);
        if (found == null) {
            throw new IllegalStateException(folder + " is not there");
        }
        try (Stream<Path> files = Files.list(Path.of(found.toURI()))) {
            List<Arguments> inputs = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                inputs.add(input(file.getFileName().toString(), Files.readAllBytes(file)));
            }
            return inputs.stream();
        } catch (IOException | URISyntaxException broken) {
            throw new IllegalStateException(folder + " cannot be read", broken);
        }
    }

    /** The YAML blocks of a page under docs. */
    public static List<String> yamlOf(String page) {
        Path file =
                Path.of(System.getProperty("basedir", ".")).resolve("../docs").resolve(page);
        try {
            return YAML.matcher(Files.readString(file))
                    .results()
                    .map(block -> block.group(1))
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    public static Arguments input(String name, byte[] bytes) {
        return Arguments.of(Named.of(name, bytes));
    }

    public static Arguments input(String name, String text) {
        return input(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
