package io.headgate.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.scheduler.Schedulers;

/** BlockHound is on: the two waits that the allowance is for end when the lock is free, and are not refused. */
@Timeout(60)
final class TimerLockAllowanceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    /** A thread that holds, when it is interrupted, whatever lock it is interrupted under. */
    private final class Holding extends Thread {

        Holding(Runnable work) {
            super(work);
        }

        @Override
        public void interrupt() {
            hold();
            super.interrupt();
        }
    }

    /** A task that holds, when it is compared, the lock under which the queue puts it in its place. */
    private final class Compared extends FutureTask<Void> implements RunnableScheduledFuture<Void> {

        Compared() {
            super(() -> null);
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(1, TimeUnit.HOURS);
        }

        @Override
        public int compareTo(Delayed other) {
            hold();
            return 1;
        }
    }

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Holding::new);

    private void hold() {
        held.countDown();
        try {
            free.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        free.countDown();
        timer.shutdownNow();
    }

    @Test
    @DisplayName("a delay may be put off while another one is put in its place")
    void theQueueIsWaitedFor() throws Exception {
        timer.schedule(() -> {}, 1, TimeUnit.HOURS);
        assertWaits(() -> timer.getQueue().add(new Compared()));
    }

    @Test
    @DisplayName("a delay may be put off while the executor is shutting down")
    void theShutdownIsWaitedFor() throws Exception {
        timer.prestartCoreThread();
        assertWaits(timer::shutdown);
    }

    private void assertWaits(Runnable holding) throws Exception {
        new Thread(holding).start();
        assertThat(held.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Thread> puttingOff = new CompletableFuture<>();
        CompletableFuture<Boolean> putOff = new CompletableFuture<>();
        Schedulers.parallel().schedule(() -> {
            puttingOff.complete(Thread.currentThread());
            try {
                putOff.complete(timer.remove(() -> {}));
            } catch (Throwable refused) { // BlockHound's is an Error
                putOff.completeExceptionally(refused);
            }
        });
        awaitParked(puttingOff.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), putOff);
        free.countDown();
        assertThat(putOff).succeedsWithin(PATIENCE).isEqualTo(false);
    }

    private static void awaitParked(Thread thread, CompletableFuture<?> done) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (thread.getState() != Thread.State.WAITING && !done.isDone() && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
    }
}
