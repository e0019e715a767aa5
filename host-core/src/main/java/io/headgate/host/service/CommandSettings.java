package io.headgate.host.service;

import io.headgate.host.command.MailboxBounds;
import java.time.Duration;
import java.util.Objects;

/**
 * What the host sets for the commands of each service. Start from {@link #defaults()}.
 *
 * <p>Of refusals, failures and confirmations at most 64 each wait as events for one connection; that is no setting, see
 * {@link io.headgate.host.ingress.IngressLane#MAX_WAITING_CONTROLS}.
 *
 * @param undecided how many commands of one service may be undecided at once, from 1; default 256
 * @param mailboxCommands how many commands may be undecided on one session, from 1; default 256. Where a service has several
 *     connections, no more than three quarters of {@code undecided} count, so that one slow peer leaves room for the others
 * @param mailboxBytes how many bytes of UTF-8 they may hold together, from 1, and no less than the largest message that a
 *     grant allows; default 4 MiB
 * @param outcomes how many outcomes wait for one slow subscriber of a plugin's {@code outcomes()}, from 1; default 256
 * @param budgetWait how long a text may wait in the mailbox where its connection's send budget is used up; positive, at most
 *     1 day, in whole milliseconds, rounded down; default 60 s
 */
public record CommandSettings(
        int undecided, int mailboxCommands, long mailboxBytes, int outcomes, Duration budgetWait) {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final CommandSettings DEFAULTS =
            new CommandSettings(256, 256, 4L << 20, 256, Duration.ofSeconds(60));

    /** Checks the components. */
    public CommandSettings {
        atLeastOne("undecided", undecided);
        atLeastOne("mailboxCommands", mailboxCommands);
        atLeastOne("mailboxBytes", mailboxBytes);
        atLeastOne("outcomes", outcomes);
        Objects.requireNonNull(budgetWait, "budgetWait");
        if (budgetWait.isZero() || budgetWait.isNegative() || budgetWait.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("budgetWait must be positive and at most 1 day, is " + budgetWait);
        }
    }

    /**
     * The defaults.
     *
     * @return each component's default
     */
    public static CommandSettings defaults() {
        return DEFAULTS;
    }

    /**
     * The mailbox of each of a service's sessions. Where a service has several connections, one of them may hold three
     * quarters of the window at most: else a peer that takes nothing would keep the service from sending to the others.
     */
    MailboxBounds mailbox(int connections) {
        int most = connections == 1 ? undecided : Math.max(1, undecided - undecided / 4);
        return new MailboxBounds(Math.min(mailboxCommands, most), mailboxBytes);
    }

    /**
     * With another window of undecided commands.
     *
     * @param commands how many, from 1
     * @return the new settings
     */
    public CommandSettings withUndecided(int commands) {
        return new CommandSettings(commands, mailboxCommands, mailboxBytes, outcomes, budgetWait);
    }

    /**
     * With another mailbox.
     *
     * @param commands how many commands may wait, from 1
     * @param bytes how many bytes they may hold, from 1
     * @return the new settings
     */
    public CommandSettings withMailbox(int commands, long bytes) {
        return new CommandSettings(undecided, commands, bytes, outcomes, budgetWait);
    }

    /**
     * With another capacity of a plugin's views of its outcomes.
     *
     * @param capacity how many outcomes wait for one slow subscriber, from 1
     * @return the new settings
     */
    public CommandSettings withOutcomes(int capacity) {
        return new CommandSettings(undecided, mailboxCommands, mailboxBytes, capacity, budgetWait);
    }

    /**
     * With another wait for a token of the send budget.
     *
     * @param longest how long a text may wait, see {@link #budgetWait()}
     * @return the new settings
     */
    public CommandSettings withBudgetWait(Duration longest) {
        return new CommandSettings(undecided, mailboxCommands, mailboxBytes, outcomes, longest);
    }

    /** Here and not in {@link HostSettings}, whose defaults need this class's to be there first. */
    static void atLeastOne(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, is " + value);
        }
    }
}
