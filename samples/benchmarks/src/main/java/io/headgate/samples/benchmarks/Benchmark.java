package io.headgate.samples.benchmarks;

import io.headgate.samples.benchmarks.child.Child;
import io.headgate.samples.benchmarks.server.LoadServerProcess;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures Headgate and its peers side by side, and prints a table. {@code -Dbench.full} measures everything; see
 * {@link Settings} for the other properties.
 *
 * <pre>
 *   this process ─┬─► the load server
 *                 └─► a client process for each entrant of the cell: all but the one that is measured wait
 * </pre>
 *
 * <p>Exit status 0 when all was measured, whether or not the targets are met.
 */
public final class Benchmark {

    private Benchmark() {}

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String[] args) {
        try {
            run(Settings.read(System::getProperty), System.out);
        } catch (IllegalArgumentException | IllegalStateException failed) {
            System.err.println("benchmark: " + failed.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private static void run(Settings settings, PrintStream out) {
        out.println(Machine.described());
        out.println(settings);
        Report report = new Report(out);
        List<Result> results = new ArrayList<>();
        for (Cell cell : Cells.of(settings)) {
            Result result = measure(cell, settings, out);
            report.cell(result);
            results.add(result);
        }
        report.targets(results);
    }

    private static Result measure(Cell cell, Settings settings, PrintStream out) {
        try (Child server = Child.start(LoadServerProcess.class, Machine.serverOptions(), List.of("server"));
                Rounds rounds = new Rounds(cell, settings, server, out)) {
            return rounds.run();
        }
    }
}
