package io.headgate.host.command;

import io.headgate.plugin.CommandOutcome;

/** Told of every outcome, once for each command, on the thread that decided it. Must not block. */
@FunctionalInterface
public interface OutcomeListener {

    /** Tells nobody; the ledger counts all the same. */
    OutcomeListener NONE = (command, outcome) -> {};

    /**
     * A command was decided.
     *
     * @param command the command, which is decided already: deciding it again changes nothing
     * @param outcome what became of it
     */
    void decided(IssuedCommand command, CommandOutcome outcome);
}
