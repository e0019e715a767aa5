package io.headgate.samples.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.OS;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** {@code headgate run} as a process of its own, with the class path of this test. */
final class HostProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern LISTENS = Pattern.compile("diagnostics on (http://127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final Path log;

    private HostProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it with the files {@code plugins/}, {@code grants.yaml} and {@code settings.yaml} of a folder. */
    static HostProcess start(Path folder) throws IOException {
        Path log = folder.resolve("log.txt");
        List<String> command = new ArrayList<>();
        if (OS.LINUX.isCurrentOs()) {
            // A JVM does not take the signals that whoever started this build has ignored.
            command.addAll(List.of("env", "--default-signal=HUP,INT,TERM"));
        }
        command.addAll(HeadgateCommand.line(
                "run", "--plugins", "plugins", "--grants", "grants.yaml", "--settings", "settings.yaml"));
        return new HostProcess(
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** Where it tells of itself, once it does. */
    String url() {
        awaitLog("diagnostics on http");
        Matcher listens = LISTENS.matcher(log());
        if (!listens.find()) {
            throw new AssertionError("no address in:\n" + log());
        }
        return listens.group(1);
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    void awaitLog(String text) {
        await(() -> log().contains(text), text);
    }

    /** Waits until something is so, or the process has ended. */
    void await(BooleanSupplier so, String what) {
        Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
                .takeUntil(tick -> so.getAsBoolean() || !process.isAlive())
                .blockLast(LIMIT);
        if (!so.getAsBoolean()) {
            throw new AssertionError("not so: " + what + "; the log:\n" + log());
        }
    }

    /** Sends a signal, by its name without SIG. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** With what it ended. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it goes on; the log:\n" + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
