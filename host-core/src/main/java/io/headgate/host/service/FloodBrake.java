package io.headgate.host.service;

import io.headgate.host.command.IssuedCommand;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Slows a plugin that floods its host with commands which end in the host: refused ones, and reports of its status. No wire
 * slows them down, so without this such a plugin would keep a processor busy for ever, and its cancel, which waits for its
 * thread, would never come.
 *
 * <p>After {@value #BURST} of them within {@value #PERIOD_MILLIS} ms, the place of a further one in the window of undecided
 * commands becomes free only when that time is over. Outcomes are not delayed.
 *
 * <p>Used by the service's worker only; the count is read by any thread.
 */
final class FloodBrake {

    static final int BURST = 256;
    static final long PERIOD_MILLIS = 100;

    private final Scheduler timer;
    private final AtomicLong heldBack = new AtomicLong();
    private long beganAtMillis = -PERIOD_MILLIS;
    private int spent;
    private Mono<Void> periodOver = Mono.empty();

    FloodBrake(Scheduler timer) {
        this.timer = timer;
    }

    /** Completes when the command's place in the window is free. */
    Mono<Void> place(IssuedCommand command) {
        if (!command.endedInTheHost()) {
            return command.whenDecided();
        }
        long now = timer.now(TimeUnit.MILLISECONDS);
        if (now - beganAtMillis >= PERIOD_MILLIS) {
            beganAtMillis = now;
            spent = 0;
            periodOver =
                    Mono.delay(Duration.ofMillis(PERIOD_MILLIS), timer).then().cache();
        }
        if (++spent <= BURST) {
            return Mono.empty();
        }
        heldBack.incrementAndGet();
        return periodOver;
    }

    /** How many commands had to wait. */
    long heldBack() {
        return heldBack.get();
    }
}
