package io.headgate.host.command;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Two threads that begin every round at the same moment, as near as spinning gets them. */
final class Contention implements AutoCloseable {

    private static final int THREADS = 2;

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
            while (arrived.get() < THREADS * (round + 1)) {
                Thread.onSpinWait();
            }
            action.accept(round);
        }
    }

    @Override
    public void close() {
        threads.dispose();
    }
}
