package io.headgate.samples.benchmarks.micro;

import io.headgate.host.authority.Verdict;
import io.headgate.host.command.CommandGate;
import io.headgate.host.command.IssuedCommand;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is asked immediately before each write. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // by JMH
public class GateBenchmark {

    private final List<IssuedCommand> commands = new ArrayList<>();
    private List<CommandGate> gates;
    private int next;

    /**
     * Makes a gate for each connection, and a command for each gate.
     *
     * @param granted whose
     */
    @Setup
    public void make(Granted granted) {
        gates = granted.gates();
        granted.commands(gates.size()).transform(granted.filter()).subscribe(commands::add);
        if (!verdict().equals(Verdict.ALLOWED)) {
            throw new IllegalStateException("the command was refused");
        }
    }

    /** The gates in turns. */
    @Benchmark
    public Verdict verdict() {
        next = next + 1 == gates.size() ? 0 : next + 1;
        return gates.get(next).verdict(commands.get(next));
    }
}
