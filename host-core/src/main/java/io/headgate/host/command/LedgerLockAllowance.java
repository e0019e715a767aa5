package io.headgate.host.command;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Tells BlockHound, where an embedder runs it, of a wait on an event loop that is meant: for the command ledger's short
 * lock, under which nothing foreign is called. BlockHound finds this by itself.
 */
public final class LedgerLockAllowance implements BlockHoundIntegration {

    /** Made by BlockHound. */
    public LedgerLockAllowance() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(CommandLedger.class.getName(), "acquire");
    }
}
