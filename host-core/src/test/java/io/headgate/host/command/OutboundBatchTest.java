package io.headgate.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.OutputCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A flood has the session's thread for one batch at a time: invariants 2, 5 and 6. */
@Timeout(30)
final class OutboundBatchTest {

    private static final int BATCH = OutboundWriter.MAX_BATCH;
    private static final int FLOOD = 2 * BATCH + 88;

    private final CommandFixture fixture = new CommandFixture();
    private final FakeWire wire = new FakeWire();
    private final OutboundWriter writer =
            new OutboundWriter(wire, fixture.gate(), new MailboxBounds(10 * BATCH, 1_000_000));

    private static String text(int n) {
        return "t" + n;
    }

    private void send(int from, int to) {
        for (int n = from; n < to; n++) {
            writer.send(fixture.admitted(OutputCommand.sendText("chat", text(n))));
        }
    }

    private static List<String> texts(int to) {
        return IntStream.range(0, to).mapToObj(OutboundBatchTest::text).toList();
    }

    @Test
    void other_work_of_the_thread_gets_its_turn_between_two_batches() {
        List<Integer> writtenAtItsTurn = new ArrayList<>();
        wire.holding = true;
        send(0, FLOOD);
        wire.execute(() -> writtenAtItsTurn.add(wire.written.size()));
        wire.runNext();
        assertThat(wire.written).hasSize(BATCH);
        assertThat(wire.flushes).isEqualTo(1);
        while (wire.tasksHeld() > 0) {
            wire.runNext();
        }
        wire.decide(true);

        assertThat(writtenAtItsTurn).containsExactly(BATCH);
        assertThat(wire.written).isEqualTo(texts(FLOOD));
        assertThat(wire.flushes).isEqualTo(3);
        assertThat(fixture.outcomes).hasSize(FLOOD).allMatch(outcome -> outcome.result() == Result.SENT);
        assertThat(fixture.outcomes.stream().map(CommandOutcome::commandId).distinct())
                .hasSize(FLOOD);
    }

    @Test
    void a_closed_wire_refuses_a_batch_at_a_time() {
        wire.writable = false;
        send(0, FLOOD);
        wire.holding = true;
        wire.open = false;
        wire.changed();
        assertThat(fixture.outcomes).hasSize(BATCH);
        wire.runNext();
        assertThat(fixture.outcomes).hasSize(2 * BATCH);
        wire.runNext();

        assertThat(fixture.outcomes).hasSize(FLOOD);
        assertThat(fixture.rules()).containsOnly("session-not-open");
        assertThat(wire.tasksHeld()).isZero();
    }

    @Test
    @DisplayName("the host's close stands behind all that waited, and before what a flood brings after it")
    void the_hosts_close_keeps_its_place() {
        wire.holding = true;
        send(0, FLOOD);
        writer.close(1001, "away");
        wire.runNext();
        wire.runNext();
        assertThat(wire.closes).isEmpty();
        for (int sent = FLOOD; wire.tasksHeld() > 0; sent += BATCH) {
            if (wire.closes.isEmpty()) {
                send(sent, sent + BATCH);
            }
            wire.runNext();
        }
        wire.decide(true);

        assertThat(wire.written).isEqualTo(texts(FLOOD));
        assertThat(wire.closes).containsExactly("1001away");
        assertThat(fixture.counts().sent()).isEqualTo(FLOOD);
        assertThat(fixture.counts().rejected()).isPositive();
        assertThat(fixture.counts().inFlight()).isZero();
    }

    @Test
    void a_close_asked_for_within_a_write_does_not_overtake_what_waits() {
        wire.holding = true;
        send(0, 3);
        wire.onWrite = () -> writer.close(1001, "away");
        wire.release();

        assertThat(wire.written).isEqualTo(texts(3));
        assertThat(wire.closes).containsExactly("1001away");
    }
}
