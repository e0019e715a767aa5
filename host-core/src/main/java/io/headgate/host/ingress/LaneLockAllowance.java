package io.headgate.host.ingress;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Tells BlockHound, where an embedder runs it, of the one wait on an event loop that is meant: for the lane's short lock,
 * under which nothing foreign is called. BlockHound finds this by itself.
 */
public final class LaneLockAllowance implements BlockHoundIntegration {

    /** Made by BlockHound. */
    public LaneLockAllowance() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(WaitingLine.class.getName(), "acquire");
    }
}
