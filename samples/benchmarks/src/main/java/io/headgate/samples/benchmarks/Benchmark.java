package io.headgate.samples.benchmarks;

import io.headgate.samples.benchmarks.child.Child;
import io.headgate.samples.benchmarks.profile.StageProfile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * <p>Exit status 0 when all was measured, whether or not the targets are met; 1 when a cell could not be: the others are all the
 * same.
 */
public final class Benchmark {

    private Benchmark() {}

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String[] args) {
        boolean complete = false;
        try {
            complete = run(Settings.read(System::getProperty), System.out);
        } catch (IllegalArgumentException bad) {
            System.err.println("benchmark: " + bad.getMessage());
        }
        System.exit(complete ? 0 : 1);
    }

    private static boolean run(Settings settings, PrintStream out) {
        List<Cell> cells = Cells.of(settings);
        out.println(Machine.described());
        out.println(settings);
        Report report = new Report(out);
        List<Result> results = new ArrayList<>();
        boolean complete = true;
        for (Cell cell : cells) {
            try (Child server = Rounds.startServer();
                    Rounds rounds = new Rounds(cell, settings, server, out)) {
                Result result = rounds.run();
                report.cell(result);
                results.add(result);
                settings.profile().ifPresent(folder -> profile(rounds, folder, out));
            } catch (IllegalStateException | UncheckedIOException failed) {
                complete = false;
                out.printf("%n%s%n  not complete: %s%n", cell.name(), failed.getMessage());
            }
        }
        report.targets(results);
        return complete;
    }

    private static void profile(Rounds rounds, Path folder, PrintStream out) {
        try {
            Files.createDirectories(folder);
            for (Path recording : rounds.record(folder)) {
                out.printf("%n%s%n", recording.getFileName());
                StageProfile.print(List.of(recording), out);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("no profile in " + folder, failed);
        }
    }
}
