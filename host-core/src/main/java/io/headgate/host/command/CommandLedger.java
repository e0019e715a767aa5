package io.headgate.host.command;

import io.headgate.host.authority.Rule;
import io.headgate.host.diagnostics.Printable;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.OutputCommand;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The ledger of one service's commands: every command that is issued gets exactly one outcome, which is counted here and
 * told to the listener. Safe for any thread: one short lock guards the counts, and nothing foreign is called under it.
 */
public final class CommandLedger {

    /** Counts what is for no declared connection: service-wide commands, and undeclared names. */
    public static final String NO_CONNECTION = "";

    /** What an undeclared name goes by that would be shown as a declared one. */
    private static final String UNDECLARED = "(undeclared)";

    private final ReentrantLock lock = new ReentrantLock();
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
        acquire();
        try {
            tally.issued();
        } finally {
            lock.unlock();
        }
        String connection = tally == elsewhere ? undeclared(command.connection()) : command.connection();
        return new IssuedCommand(this, tally, command, ids.take(command.id()), connection, epoch, incarnation);
    }

    /** Neither the spaces around it nor what is cut may make a declared name of it. */
    private String undeclared(String name) {
        String printable = Printable.text(name.strip());
        int end = Math.min(printable.length(), CommandIds.MAX_CHARACTERS);
        // Half a surrogate pair has no form in UTF-8.
        boolean splits = end < printable.length() && Character.isHighSurrogate(printable.charAt(end - 1));
        String shown = printable.substring(0, splits ? end - 1 : end);
        return !shown.isEmpty() && tallies.containsKey(shown) ? UNDECLARED : shown;
    }

    /** Called once for each command; {@code refusedIt} is {@code null} for what was not refused. */
    void decided(IssuedCommand command, CommandTally tally, CommandOutcome outcome, @Nullable Rule refusedIt) {
        ids.release(command.id());
        acquire();
        try {
            tally.decided(outcome.result(), refusedIt, command.textBytes());
        } finally {
            lock.unlock();
        }
        listener.decided(command, outcome);
    }

    long now() {
        return clock.now(TimeUnit.MILLISECONDS);
    }

    /**
     * What became of each connection's commands.
     *
     * @return the counts by connection, {@link #NO_CONNECTION} last, in one consistent snapshot: each of them, and their sum,
     *     is conserved at any time
     */
    public Map<String, CommandCounts> counts() {
        Map<String, CommandCounts> counts = new LinkedHashMap<>();
        acquire();
        try {
            tallies.forEach((connection, tally) -> counts.put(connection, tally.snapshot()));
        } finally {
            lock.unlock();
        }
        return counts;
    }

    /** The one place where an event loop may wait: for as long as another thread's few instructions. */
    private void acquire() {
        lock.lock();
    }
}
