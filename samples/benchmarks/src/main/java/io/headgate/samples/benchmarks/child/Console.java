package io.headgate.samples.benchmarks.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * The child's end: reads a line, does what it says, answers with a line. It ends with its parent, whose end closes the input.
 *
 * <pre>
 *   open 10 receive 1024   ─►   ok
 *   measure 2500           ─►   ok 1834511 2497113 …
 *   what it does not know  ─►   failed IllegalArgumentException: …
 * </pre>
 */
public final class Console {

    static final String OK = "ok";
    static final String FAILED = "failed";

    private Console() {}

    /**
     * Answers until the input ends. What else the process prints goes to standard error.
     *
     * @param answers gets the words of a line, gives those of the answer
     * @throws IOException when the input cannot be read
     */
    public static void serve(Function<List<String>, String> answers) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(answer(List.of(line.split(" ")), answers));
            out.flush();
        }
    }

    private static String answer(List<String> words, Function<List<String>, String> answers) {
        try {
            return (OK + " " + answers.apply(words)).strip();
        } catch (RuntimeException refused) {
            return FAILED + " " + String.valueOf(refused).replace('\n', ' ');
        }
    }
}
