package io.headgate.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.Wire;
import io.headgate.host.transport.WriteListener;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Three threads onto one wire that flips, is revoked and breaks: invariants 1 and 2. */
@Timeout(180)
final class OutboundWriterStressTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PRODUCERS = 3;
    private static final int COMMANDS_EACH = 10_000;

    private final Scheduler thread = Schedulers.newSingle("stress-wire");
    private final Scheduler producers = Schedulers.newBoundedElastic(PRODUCERS, 10, "stress-producers");
    private final CommandFixture fixture = new CommandFixture();
    private final AtomicInteger outcomes = new AtomicInteger();
    private final CommandLedger ledger = new CommandLedger(
            List.of("chat"), VirtualTimeScheduler.create(), (command, outcome) -> outcomes.incrementAndGet());
    private final FlippingWire wire = new FlippingWire();

    /** All but {@code execute} is owned by the thread. */
    private final class FlippingWire implements Wire {
        private final SplittableRandom random = new SplittableRandom(7);
        private final Queue<WriteListener> undecided = new ArrayDeque<>();
        private Runnable change = () -> {};
        private boolean open = true;
        private boolean writable = true;
        int written;
        int forbidden;
        boolean revoked;

        @Override
        public boolean execute(Runnable task) {
            try {
                thread.schedule(task);
                return true;
            } catch (RejectedExecutionException ended) {
                return false;
            }
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public void write(String text, WriteListener listener) {
            written++;
            forbidden += revoked || !open ? 1 : 0;
            undecided.add(listener);
            writable = random.nextInt(8) != 0;
        }

        @Override
        public void flush() {
            while (undecided.size() > 2) {
                undecided.remove().written(null);
            }
            if (!writable) {
                thread.schedule(this::becomesWritable);
            }
        }

        private void becomesWritable() {
            writable = true;
            change.run();
        }

        void breaks() {
            open = false;
            undecided.forEach(listener -> listener.written(new IllegalStateException("broken")));
            undecided.clear();
            change.run();
        }

        @Override
        public void ping(long number) {}

        @Override
        public void close(int code, String reason) {
            open = false;
        }

        @Override
        public void abort() {
            open = false;
        }

        @Override
        public void onChange(Runnable listener) {
            change = listener;
        }
    }

    private void onTheThread(Runnable task) {
        Mono.fromRunnable(task).subscribeOn(thread).block(PATIENCE);
    }

    private void produce(OutboundWriter writer, int from, int to) {
        OutputCommand command = OutputCommand.sendText("chat", "text");
        Flux.range(0, PRODUCERS)
                .flatMap(
                        producer -> Mono.fromRunnable(() -> {
                                    for (int n = from; n < to; n++) {
                                        writer.send(ledger.issue(command, 1, 1));
                                    }
                                })
                                .subscribeOn(producers),
                        PRODUCERS)
                .blockLast(PATIENCE);
    }

    /** While {@code task} runs on the wire's thread, the producers go on. */
    private void amid(OutboundWriter writer, int from, int to, Runnable task) {
        Mono<Void> change = Mono.<Void>fromRunnable(task).subscribeOn(thread);
        Mono<Void> sends =
                Mono.<Void>fromRunnable(() -> produce(writer, from, to)).subscribeOn(Schedulers.boundedElastic());
        Mono.when(sends, change).block(PATIENCE);
    }

    @Test
    @DisplayName("pitfall 14: one outcome for each command, and none is written after a revocation or the end")
    void every_command_has_one_outcome_whatever_happens_to_the_wire() {
        OutboundWriter writer = new OutboundWriter(wire, fixture.gate(), new MailboxBounds(64, 64 * 4));
        int quarter = COMMANDS_EACH / 4;
        produce(writer, 0, quarter);
        onTheThread(() -> assertThat(wire.written).isPositive());
        amid(writer, quarter, 2 * quarter, () -> {
            fixture.authority = CommandFixture.granting("subscribe");
            wire.revoked = true;
        });
        onTheThread(() -> {
            fixture.authority = CommandFixture.granting("subscribe, send");
            wire.revoked = false;
        });
        amid(writer, 2 * quarter, 3 * quarter, wire::breaks);
        // The thread itself ends amid the last sends.
        amid(
                writer,
                3 * quarter,
                COMMANDS_EACH,
                () -> thread.disposeGracefully().subscribe());
        thread.disposeGracefully().block(PATIENCE);
        producers.dispose();

        CommandCounts counts = ledger.counts().get("chat");
        assertThat(counts.issued()).isEqualTo(PRODUCERS * COMMANDS_EACH).isEqualTo(outcomes.get());
        assertThat(counts.inFlight()).isZero();
        assertThat(counts.conserved()).isTrue();
        assertThat(counts.sent() + counts.failed()).isEqualTo(wire.written);
        assertThat(counts.sent()).isPositive();
        assertThat(counts.denied()).isPositive();
        assertThat(counts.rejected()).isPositive();
        assertThat(wire.forbidden).isZero();
    }
}
