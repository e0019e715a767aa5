package io.headgate.samples.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** This machine, and the virtual machines that are started on it. */
final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String TASKSET = "taskset";
    private static final int WARNS_OF_UNSAFE = 24;

    private Machine() {}

    /** A heap of one size, whose pages are there from the start; where memory is measured, one that shrinks. */
    static List<String> clientOptions(Cell.Kind kind) {
        return kind == Cell.Kind.IDLE
                ? options("-Xms64m", "-Xmx2g")
                : options("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");
    }

    /** A processor that the server does not leave, where there are two and something that can see to it. */
    static List<String> serverLauncher() {
        return Runtime.getRuntime().availableProcessors() < 2 || !isOnPath(TASKSET)
                ? List.of()
                : linesOf(STATUS, "Cpus_allowed_list:")
                        .map(list -> list.replaceAll("\\D.*", ""))
                        .filter(first -> !first.isEmpty())
                        .findFirst()
                        .map(first -> List.of(TASKSET, "-c", first))
                        .orElse(List.of());
    }

    private static boolean isOnPath(String command) {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
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
                + System.getProperty("java.vm.name") + " " + Runtime.version() + "; server "
                + (serverLauncher().isEmpty() ? "on any processor" : String.join(" ", serverLauncher()));
    }

    private static String processor() {
        return linesOf(PROCESSORS, "model name").findFirst().orElse(System.getProperty("os.arch"));
    }

    /** What stands behind the colon, in lines that begin so; nothing where the system has no such file. */
    private static Stream<String> linesOf(Path file, String beginning) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(beginning))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip());
        } catch (IOException unreadable) {
            return Stream.of();
        }
    }
}
