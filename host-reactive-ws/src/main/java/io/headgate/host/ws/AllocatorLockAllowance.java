package io.headgate.host.ws;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Tells BlockHound, where an embedder runs it, of a short wait that Netty's adaptive allocator makes on an event loop: it
 * gives up a magazine, or a group of them, while another thread allocates from it. Netty's own integration lists the locks
 * of its pooled allocator and not this one; refused there, the allocation fails, and with it whatever asked for the buffer.
 * BlockHound finds this class by itself.
 */
public final class AllocatorLockAllowance implements BlockHoundIntegration {

    private static final String ALLOCATOR = "io.netty.buffer.AdaptivePoolingAllocator";

    /** Made by BlockHound. */
    public AllocatorLockAllowance() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(ALLOCATOR + "$Magazine", "free")
                .allowBlockingCallsInside(ALLOCATOR + "$MagazineGroup", "free");
    }
}
