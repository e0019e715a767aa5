package io.headgate.samples.benchmarks.micro;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each stage by itself: nanoseconds and allocated bytes an operation. About four minutes. */
public final class MicroBenchmarks {

    private static final int WARM_UPS = 3;
    private static final int MEASURES = 5;
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private MicroBenchmarks() {}

    /**
     * Runs them, and prints a table.
     *
     * @param args regular expressions: which; none for all
     * @throws RunnerException when one of them fails
     */
    public static void main(String[] args) throws RunnerException {
        print(System.out, new Runner(options(args)).run());
    }

    private static Options options(String[] which) {
        OptionsBuilder options = new OptionsBuilder();
        for (String wanted : which) {
            options.include(wanted);
        }
        return options.mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(MEASURES)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(
                        "-Xms512m",
                        "-Xmx512m",
                        "-Djmh.executor=CUSTOM",
                        "-Djmh.executor.class=" + LoopThreads.class.getName())
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static void print(PrintStream out, Collection<RunResult> runs) {
        String format = "%-26s %-48s %12s %10s %10s%n";
        out.printf(format, "benchmark", "params", "ns/op", "± 99.9 %", "B/op");
        for (RunResult run : runs) {
            Result<?> time = run.getPrimaryResult();
            Result<?> allocated =
                    Objects.requireNonNull(run.getSecondaryResults().get(ALLOCATED), ALLOCATED);
            out.printf(
                    format,
                    name(run.getParams()),
                    params(run.getParams()),
                    "%.1f".formatted(time.getScore()),
                    "%.1f".formatted(time.getScoreError()),
                    "%.1f".formatted(allocated.getScore()));
        }
    }

    private static String name(BenchmarkParams params) {
        String inPackage = params.getBenchmark()
                .substring(MicroBenchmarks.class.getPackageName().length() + 1);
        return inPackage.replace("Benchmark", "");
    }

    private static String params(BenchmarkParams params) {
        return params.getParamsKeys().stream()
                .map(key -> key + "=" + params.getParam(key))
                .collect(Collectors.joining(" "));
    }
}
