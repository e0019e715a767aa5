package io.headgate.host.command;

import io.headgate.host.authority.Authority;
import io.headgate.host.authority.Verdict;
import io.headgate.plugin.OutputCommand;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Refuses early what may not go out: {@code commands.transform(grantFilter)}.
 *
 * <p>Every command is counted as issued and stamped with id, session and incarnation. What authority, session or form refuse
 * gets its outcome here, on the plugin's thread; the rest is emitted, in order. It is a courtesy to the plugin:
 * {@link CommandGate} decides again, immediately before the write.
 *
 * <p>Demand passes through; a refused command is made up for by asking for one more. Errors and completion pass through.
 */
public final class GrantFilter implements Function<Flux<OutputCommand>, Flux<IssuedCommand>> {

    private final CommandRules rules;
    private final SessionDirectory sessions;
    private final CommandLedger ledger;
    private final long incarnation;

    /**
     * Makes the filter of one incarnation.
     *
     * @param authority what the service may do, asked at each command
     * @param sessions the service's connections
     * @param ledger counts the commands
     * @param incarnation which life of the service, from 1
     */
    public GrantFilter(
            Supplier<Authority> authority, SessionDirectory sessions, CommandLedger ledger, long incarnation) {
        this.rules = new CommandRules(authority);
        this.sessions = Objects.requireNonNull(sessions, "sessions");
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.incarnation = incarnation;
    }

    @Override
    public Flux<IssuedCommand> apply(Flux<OutputCommand> commands) {
        return judged(commands).filter(command -> !command.endedInTheHost());
    }

    /**
     * The same, but for what is refused: it is emitted too, decided, so that who asks for commands knows how many come.
     *
     * @param commands what the plugin issues
     * @return every command, in order
     */
    public Flux<IssuedCommand> judged(Flux<OutputCommand> commands) {
        return commands.map(this::judge);
    }

    private IssuedCommand judge(OutputCommand command) {
        SessionView session = sessions.find(command.connection());
        IssuedCommand issued = ledger.issue(command, stampedEpoch(command, session), incarnation);
        Verdict verdict =
                issued.idVerdict() instanceof Verdict.Refused unusable ? unusable : rules.verdict(issued, session);
        if (verdict instanceof Verdict.Refused refused) {
            issued.refused(refused);
        }
        return issued;
    }

    private static long stampedEpoch(OutputCommand command, @Nullable SessionView session) {
        if (command.epoch() != OutputCommand.CURRENT_EPOCH) {
            return Math.max(0, command.epoch());
        }
        return session == null ? 0 : session.epoch();
    }
}
