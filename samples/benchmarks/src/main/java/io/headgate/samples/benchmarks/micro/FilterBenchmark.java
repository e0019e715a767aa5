package io.headgate.samples.benchmarks.micro;

import io.headgate.host.command.GrantFilter;
import io.headgate.host.command.IssuedCommand;
import io.headgate.plugin.OutputCommand;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import reactor.core.publisher.Flux;

/** A command through the grant filter: found, issued and counted, allowed. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // by JMH
public class FilterBenchmark {

    private static final int COMMANDS = 1000;

    private GrantFilter filter;
    private Flux<OutputCommand> commands;
    private long passed;

    /**
     * Makes the filter, and commands for it.
     *
     * @param granted whose
     */
    @Setup
    public void make(Granted granted) {
        filter = granted.filter();
        commands = granted.commands(COMMANDS);
        commands.transform(filter).subscribe(command -> passed++);
        if (passed != COMMANDS) {
            throw new IllegalStateException(passed + " of " + COMMANDS + " commands were allowed");
        }
    }

    /**
     * The plugin's commands, one after another.
     *
     * @param sink takes what passes
     */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public void filter(Blackhole sink) {
        Flux<IssuedCommand> allowed = commands.transform(filter);
        allowed.subscribe(sink::consume);
    }
}
