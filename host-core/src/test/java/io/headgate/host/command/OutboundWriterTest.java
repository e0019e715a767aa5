package io.headgate.host.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.OutputCommand;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** R5, R8, R10; invariants 1, 2 and 5. */
final class OutboundWriterTest {

    private final CommandFixture fixture = new CommandFixture();
    private final FakeWire wire = new FakeWire();
    private final OutboundWriter writer = new OutboundWriter(wire, fixture.gate(), new MailboxBounds(3, 10));

    private void send(String... texts) {
        for (String text : texts) {
            writer.send(fixture.admitted(OutputCommand.sendText("chat", text)));
        }
    }

    private List<Result> results() {
        return fixture.outcomes.stream().map(CommandOutcome::result).toList();
    }

    @Test
    void writes_in_order_with_one_flush_a_batch() {
        wire.holding = true;
        send("a", "b", "c");
        wire.release();
        wire.decide(true);

        assertThat(wire.written).containsExactly("a", "b", "c");
        assertThat(wire.flushes).isEqualTo(1);
        assertThat(results()).containsExactly(Result.SENT, Result.SENT, Result.SENT);
    }

    @Test
    @DisplayName("pitfall 14: a wire that is not writable takes nothing, and the mailbox is bounded")
    void waits_for_the_wire_and_rejects_what_the_mailbox_cannot_hold() {
        wire.writable = false;
        send("1", "2", "3", "4");
        assertThat(wire.written).isEmpty();
        assertThat(fixture.rules()).containsExactly("mailbox-full");

        wire.writable = true;
        wire.changed();
        assertThat(wire.written).containsExactly("1", "2", "3");
    }

    @Test
    void the_mailbox_is_bounded_in_bytes_and_gets_its_room_back() {
        wire.writable = false;
        send("12345678", "123", "12");
        assertThat(fixture.rules()).containsExactly("mailbox-full");

        wire.writable = true;
        wire.changed();
        wire.writable = false;
        send("12");
        assertThat(fixture.rules()).as("handed over, and not decided").hasSize(2);
        wire.decide(true);
        send("12345678", "12");
        assertThat(fixture.rules()).filteredOn("mailbox-full"::equals).hasSize(2);
    }

    @Test
    @DisplayName("invariant 1: the gate decides at the write, whatever was allowed before")
    void what_is_revoked_while_it_waits_is_not_written() {
        wire.writable = false;
        send("a");
        fixture.authority = CommandFixture.granting("subscribe");
        wire.writable = true;
        wire.changed();

        assertThat(wire.written).isEmpty();
        assertThat(fixture.rules()).containsExactly("send-not-granted");
        assertThat(results()).containsExactly(Result.DENIED);
    }

    @Test
    void a_past_incarnation_writes_and_closes_nothing() {
        wire.writable = false;
        send("a");
        writer.send(fixture.admitted(OutputCommand.close("chat", 1000, "")));
        fixture.incarnation = 2;
        wire.writable = true;
        wire.changed();

        assertThat(wire.written).isEmpty();
        assertThat(wire.closes).isEmpty();
        assertThat(fixture.rules()).containsExactly("incarnation-ended", "incarnation-ended");
    }

    @Test
    void another_epochs_command_is_stale() {
        fixture.epoch = 2;
        send("a");
        assertThat(wire.written).isEmpty();
        assertThat(fixture.rules()).containsExactly("stale-epoch");
    }

    @Test
    @DisplayName("pitfall 8: nothing is written after a Close")
    void what_stands_behind_a_close_is_rejected() {
        wire.holding = true;
        send("a");
        writer.send(fixture.admitted(OutputCommand.close("chat", 4000, "x")));
        send("b");
        wire.release();

        assertThat(wire.written).containsExactly("a");
        assertThat(wire.closes).containsExactly("4000x");
        assertThat(fixture.rules()).containsExactly("", "session-not-open");
        assertThat(results()).containsExactly(Result.DONE, Result.REJECTED);
    }

    @Test
    void the_hosts_own_close_lets_out_what_waits_and_rejects_what_cannot_leave() {
        send("a");
        wire.writable = false;
        send("b");
        writer.close(1001, "away");

        assertThat(wire.written).containsExactly("a");
        assertThat(wire.closes).containsExactly("1001away");
        assertThat(fixture.rules()).containsExactly("session-not-open");
    }

    @Test
    void what_was_handed_over_and_failed_may_have_left() {
        send("a");
        wire.decide(false);

        assertThat(results()).containsExactly(Result.FAILED);
        assertThat(fixture.outcomes.get(0).message())
                .startsWith("it may have left")
                .doesNotContain("secret");
    }

    @Test
    void an_ended_session_rejects_what_waits() {
        wire.writable = false;
        send("a", "b");
        wire.open = false;
        wire.changed();
        assertThat(fixture.rules()).containsExactly("session-not-open", "session-not-open");
    }

    @Test
    void a_thread_that_has_ended_rejects_instead_of_throwing() {
        wire.threadEnded = true;
        send("a", "b");
        writer.close(1001, "");
        assertThat(fixture.rules()).containsExactly("session-not-open", "session-not-open");
        assertThat(fixture.counts().inFlight()).isZero();
    }

    @Test
    void each_command_for_a_thread_that_has_ended_is_rejected_at_once() {
        wire.threadEnded = true;
        send("a");
        assertThat(fixture.rules()).hasSize(1);
        send("b");
        assertThat(fixture.rules()).containsExactly("session-not-open", "session-not-open");
    }

    @Test
    void bounds_are_checked() {
        assertThatThrownBy(() -> new MailboxBounds(0, 1)).hasMessage("maxCommands must be at least 1 command, is 0");
        assertThatThrownBy(() -> new MailboxBounds(1, 0)).hasMessage("maxBytes must be at least 1 byte, is 0");
    }
}
