package io.headgate.host.service;

import io.headgate.host.command.IssuedCommand;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.scheduler.Scheduler;

/**
 * Slows a plugin that floods its host with commands which end in the host: refused ones, and reports of its status. No wire
 * slows them down, so without this such a plugin would keep a processor busy for ever, and its cancel, which waits for its
 * thread, would never come.
 *
 * <p>After {@value #BURST} of them within {@value #PERIOD_MILLIS} ms, the place of a further one in the window of undecided
 * commands becomes free only when that time is over. Outcomes are not delayed.
 *
 * <p>Called on whichever thread the plugin emits on; one at a time.
 */
final class FloodBrake {

    static final int BURST = 256;
    static final long PERIOD_MILLIS = 100;

    private final Scheduler timer;
    private final AtomicLong heldBack = new AtomicLong();
    private long beganAtMillis = -PERIOD_MILLIS;
    private int spent;

    FloodBrake(Scheduler timer) {
        this.timer = timer;
    }

    /** For how long the place of a command that was carried out is kept, in milliseconds; 0 for no longer than it is undecided. */
    synchronized long keeps(IssuedCommand command) {
        if (!command.endedInTheHost()) {
            return 0;
        }
        long now = timer.now(TimeUnit.MILLISECONDS);
        // A clock that was set back begins a period too: nobody waits until it is where it was.
        if (now < beganAtMillis || now - beganAtMillis >= PERIOD_MILLIS) {
            beganAtMillis = now;
            spent = 0;
        }
        if (++spent <= BURST) {
            return 0;
        }
        heldBack.incrementAndGet();
        return beganAtMillis + PERIOD_MILLIS - now;
    }

    /** How many commands had to wait. */
    long heldBack() {
        return heldBack.get();
    }
}
