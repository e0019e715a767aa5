package io.headgate.host.ws.conformance;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Autobahn's fuzzing server, in a JVM of its own on 127.0.0.1. It ends with {@link #close()}, and by itself when this JVM
 * does, however that ends: its input is a pipe from here.
 */
final class FuzzingServer implements AutoCloseable {

    /** Jython needs 15 s for its imports on an idle machine. */
    private static final Duration START = Duration.ofMinutes(3);

    private static final long END_SECONDS = 30;

    /** Compression, which the host never offers. */
    private static final String SPECIFICATION = """
            {"url": "ws://127.0.0.1:9001", "outdir": "reports", "options": {"failByDrop": false},
             "cases": ["*"], "exclude-cases": ["12.*", "13.*"]}""";

    private final Path folder;
    private final Process process;
    private final int port;
    private final List<String> cases;

    private FuzzingServer(Path folder, Process process, JsonNode listening) {
        this.folder = folder;
        this.process = process;
        this.port = listening.required("port").intValue();
        this.cases = listening
                .required("cases")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    /** Starts it, and waits until it listens. The Maven profile has put its jars below {@code target/conformance}. */
    static FuzzingServer start() throws IOException {
        Path target =
                Path.of(System.getProperty("basedir", ".")).resolve("target").toAbsolutePath();
        Path folder = target.resolve("conformance");
        Files.createDirectories(folder.resolve("tmp"));
        Process process = new ProcessBuilder(
                        command(folder, target.resolve("test-classes/conformance/fuzzingserver.py")))
                .directory(folder.toFile())
                .redirectError(folder.resolve("fuzzingserver.log").toFile())
                .start();
        try {
            String line = Mono.fromCallable(() -> firstLine(process))
                    .subscribeOn(Schedulers.boundedElastic())
                    .block(START);
            if (line == null) {
                throw new IllegalStateException("the fuzzing server ended before it listened: " + folder);
            }
            return new FuzzingServer(folder, process, JsonMapper.shared().readTree(line));
        } catch (RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    String uri(String pathAndQuery) {
        return "ws://127.0.0.1:" + port + pathAndQuery;
    }

    /** The ids of the cases; the first is number 1. */
    List<String> cases() {
        return cases;
    }

    /** Where the reports are, once the server was asked to write them. */
    Path reports() {
        return folder.resolve("reports");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
    }

    private static @Nullable String firstLine(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        return output.readLine();
    }

    private static List<String> command(Path folder, Path script) throws IOException {
        List<String> jars;
        try (Stream<Path> files = Files.list(folder.resolve("lib"))) {
            jars = files.map(Path::toString).sorted().toList();
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-Dpython.cachedir.skip=true"));
        command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, jars), "org.python.util.jython"));
        command.addAll(List.of(script.toString(), SPECIFICATION));
        return command;
    }
}
