package io.headgate.host.command;

import io.headgate.host.diagnostics.Printable;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.OutputCommand;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * The ledger of one service's commands: every command that is issued gets exactly one outcome, which is counted here and
 * told to the listener. Safe for any thread.
 */
public final class CommandLedger {

    /** Counts what is for no declared connection: service-wide commands, and undeclared names. */
    public static final String NO_CONNECTION = "";

    private final Map<String, CommandTally> tallies = new LinkedHashMap<>();
    private final CommandTally elsewhere = new CommandTally();
    private final CommandIds ids = new CommandIds();
    private final Scheduler clock;
    private final OutcomeListener listener;

    /**
     * Makes an empty ledger.
     *
     * @param connections the declared connections
     * @param clock tells when a command was decided
     * @param listener told of every outcome
     */
    public CommandLedger(Collection<String> connections, Scheduler clock, OutcomeListener listener) {
        connections.forEach(connection -> tallies.put(connection, new CommandTally()));
        tallies.put(NO_CONNECTION, elsewhere);
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /** Counts a command as issued, under its own id if that may be used, else under one of the host's. */
    IssuedCommand issue(OutputCommand command, long epoch, long incarnation) {
        CommandTally tally = tallies.getOrDefault(command.connection(), elsewhere);
        tally.issued();
        String connection = tally == elsewhere ? undeclared(command.connection()) : command.connection();
        return new IssuedCommand(this, tally, command, ids.take(command.id()), connection, epoch, incarnation);
    }

    private static String undeclared(String name) {
        String printable = Printable.text(name.strip());
        return printable.substring(0, Math.min(printable.length(), CommandIds.MAX_CHARACTERS));
    }

    void decided(IssuedCommand command, CommandTally tally, CommandOutcome outcome) {
        ids.release(command.id());
        tally.decided(outcome.result(), command.textBytes());
        listener.decided(command, outcome);
    }

    long now() {
        return clock.now(TimeUnit.MILLISECONDS);
    }

    /**
     * What became of each connection's commands.
     *
     * @return the counts by connection, {@link #NO_CONNECTION} last
     */
    public Map<String, CommandCounts> counts() {
        Map<String, CommandCounts> counts = new LinkedHashMap<>();
        tallies.forEach((connection, tally) -> counts.put(connection, tally.snapshot()));
        return counts;
    }
}
