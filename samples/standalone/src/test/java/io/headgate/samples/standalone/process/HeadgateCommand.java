package io.headgate.samples.standalone.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code headgate} as a process of its own, with the class path of this test. */
public final class HeadgateCommand {

    private HeadgateCommand() {}

    static List<String> line(String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.headgate.samples.standalone.Headgate"));
        line.addAll(List.of(arguments));
        return line;
    }

    /** What it prints. */
    public static String run(String... arguments) {
        try {
            Process process = new ProcessBuilder(line(arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
