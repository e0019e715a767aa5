package io.headgate.host.service;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Tells BlockHound, where an embedder runs it, of two locks of the JDK's scheduled executors, which every scheduler of Reactor's has
 * below it: who puts off a delay, on whatever thread the reason came, takes a task out of the queue, and of one that is shutting
 * down looks whether it was the last. Both are held for moments, and nothing foreign is called under them. Reactor allows
 * what puts a task in. BlockHound finds this by itself.
 */
public final class TimerLockAllowance implements BlockHoundIntegration {

    /** Made by BlockHound. */
    public TimerLockAllowance() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "remove")
                .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "tryTerminate");
    }
}
