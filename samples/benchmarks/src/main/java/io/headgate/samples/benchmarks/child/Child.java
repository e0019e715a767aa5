package io.headgate.samples.benchmarks.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of this machine's JDK and class path that serves a {@link Console}, seen from its parent. */
public final class Child implements AutoCloseable {

    private static final long LAST_WORDS_SECONDS = 10;

    private final String name;
    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts one.
     *
     * @param launcher what starts it, as {@code taskset -c 0}; empty for nothing
     * @param main its main class
     * @param options of the virtual machine
     * @param arguments of the main class
     * @return the process
     */
    public static Child start(List<String> launcher, Class<?> main, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            return new Child(String.join(" ", arguments), builder.start());
        } catch (IOException cannot) {
            throw new UncheckedIOException("java did not start: " + command, cannot);
        }
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param words of the question
     * @return the words of the answer
     * @throws IllegalStateException when the child could not do it, or has ended
     */
    public List<String> ask(Object... words) {
        say(words);
        return answer();
    }

    private void say(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(word).append(' ');
        }
        try {
            in.write(line.toString().strip() + "\n");
            in.flush();
        } catch (IOException gone) {
            throw new IllegalStateException("the process of " + name + " has ended", gone);
        }
    }

    private List<String> answer() {
        String line = readLine();
        if (line == null) {
            throw new IllegalStateException("the process of " + name + " has ended; its error output says why");
        }
        List<String> words = List.of(line.split(" "));
        if (!words.get(0).equals(Console.OK)) {
            throw new IllegalStateException(name + ": " + line);
        }
        return words.subList(1, words.size());
    }

    private String readLine() {
        try {
            return out.readLine();
        } catch (IOException gone) {
            throw new IllegalStateException("the process of " + name + " has ended", gone);
        }
    }

    /** Ends it: by itself, and if it does not, by force. */
    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException gone) {
            process.destroy();
        }
        try {
            if (!process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
