package io.headgate.samples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This machine, and the virtual machines that are started on it. */
final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final int WARNS_OF_UNSAFE = 24;

    private Machine() {}

    /** A heap of one size, whose pages are there from the start; where memory is measured, one that shrinks. */
    static List<String> clientOptions(Cell.Kind kind) {
        return kind == Cell.Kind.IDLE
                ? options("-Xms64m", "-Xmx2g")
                : options("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");
    }

    static List<String> serverOptions() {
        return options("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");
    }

    private static List<String> options(String... memory) {
        List<String> options = new ArrayList<>(List.of(memory));
        options.add("--enable-native-access=ALL-UNNAMED");
        options.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
        if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }

    static String described() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors (" + processor() + "), "
                + System.getProperty("java.vm.name") + " " + Runtime.version();
    }

    private static String processor() {
        if (!Files.exists(PROCESSORS)) {
            return System.getProperty("os.arch");
        }
        try {
            return Files.readAllLines(PROCESSORS).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException unreadable) {
            return System.getProperty("os.arch");
        }
    }
}
