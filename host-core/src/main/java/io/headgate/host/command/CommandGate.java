package io.headgate.host.command;

import io.headgate.host.authority.Authority;
import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.Verdict;
import io.headgate.plugin.OutputCommand;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The gate of one session: what it does not allow is not written. Asked on the session's thread, immediately before each
 * write, so that what changed while a command waited counts: the authority, the incarnation, the session.
 */
public final class CommandGate {

    private final String connection;
    private final long epoch;
    private final Target target;
    private final Supplier<Authority> authority;
    private final LongSupplier incarnation;

    /**
     * Makes the gate of a session that has just opened.
     *
     * @param connection the connection's name
     * @param epoch the session's epoch, from 1
     * @param target what was dialled
     * @param authority what the service may do at that moment
     * @param incarnation the incarnation that may send at that moment; 0 for none
     */
    public CommandGate(
            String connection, long epoch, Target target, Supplier<Authority> authority, LongSupplier incarnation) {
        this.connection = Objects.requireNonNull(connection, "connection");
        this.epoch = epoch;
        this.target = Objects.requireNonNull(target, "target");
        this.authority = Objects.requireNonNull(authority, "authority");
        this.incarnation = Objects.requireNonNull(incarnation, "incarnation");
    }

    /**
     * Whether a command may be written now.
     *
     * @param command a {@code SendText} or {@code Close}
     * @return the verdict
     */
    public Verdict verdict(IssuedCommand command) {
        if (command.command() instanceof OutputCommand.Close close
                && close.reason().isEmpty()) {
            return fence(command);
        }
        Verdict granted = authority.get().send(connection, target);
        return granted instanceof Verdict.Refused ? granted : fence(command);
    }

    /**
     * Whether a command is this session's and comes from the incarnation that lives.
     *
     * @param command any command for this connection
     * @return the verdict
     */
    public Verdict fence(IssuedCommand command) {
        if (command.epoch() != epoch) {
            return CommandRules.stale(command.epoch(), epoch);
        }
        return command.incarnation() == incarnation.getAsLong() ? Verdict.ALLOWED : ended(command);
    }

    /**
     * The refusal of a command whose incarnation has ended.
     *
     * @param command the command
     * @return the verdict
     */
    public static Verdict.Refused ended(IssuedCommand command) {
        return new Verdict.Refused(
                Rule.INCARNATION_ENDED,
                "incarnation " + command.incarnation() + " of the service has ended",
                "nothing: what a past incarnation left behind is not sent");
    }
}
