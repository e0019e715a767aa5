package io.headgate.host.service;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Tells BlockHound, where an embedder runs it, that a service's worker may be ended on the host's timer: a scheduler empties
 * its queue under the queue's own lock, which its thread holds for moments only. BlockHound finds this by itself.
 */
public final class WorkerEndAllowance implements BlockHoundIntegration {

    /** Made by BlockHound. */
    public WorkerEndAllowance() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(ServiceSupervisor.class.getName(), "releaseWorker");
    }
}
