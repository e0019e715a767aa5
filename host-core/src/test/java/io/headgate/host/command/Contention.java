package io.headgate.host.command;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Two threads that begin every round at the same moment, as near as spinning gets them. */
final class Contention implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int SPINS = 2_000;

    private final Scheduler threads = Schedulers.newParallel("contention", THREADS);
    private final AtomicInteger arrived = new AtomicInteger();

    /** Runs {@code rounds} rounds of both, each called with the number of the round. */
    void run(int rounds, IntConsumer one, IntConsumer other) {
        arrived.set(0);
        Flux.just(one, other)
                .flatMap(each -> Mono.fromRunnable(() -> each(rounds, each)).subscribeOn(threads), THREADS, 1)
                .blockLast(Duration.ofSeconds(50));
    }

    private void each(int rounds, IntConsumer action) {
        for (int round = 0; round < rounds; round++) {
            arrived.incrementAndGet();
            for (int spins = 1; arrived.get() < THREADS * (round + 1); spins++) {
                pause(spins);
            }
            action.accept(round);
        }
    }

    /** On a busy machine the other thread may need this one's core. */
    private static void pause(int spins) {
        if (spins % SPINS == 0) {
            LockSupport.parkNanos(1);
        } else {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        threads.dispose();
    }
}
