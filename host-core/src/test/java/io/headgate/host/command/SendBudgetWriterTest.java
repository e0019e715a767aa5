package io.headgate.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.SendBudget;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** R10; invariants 1, 2, 3, 5, 7 and 9: texts wait in the mailbox for a token of their connection's budget. */
final class SendBudgetWriterTest {

    private static final Duration PERIOD = Duration.ofSeconds(60);
    /** What a token is late by at most, a thousandth. */
    private static final Duration LATE = Duration.ofMillis(60);

    private final CommandFixture fixture = new CommandFixture();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private Duration setBackBy = Duration.ofHours(-2);
    private final PendingTimers timers =
            new PendingTimers(time, () -> time.now(TimeUnit.NANOSECONDS) - setBackBy.toNanos());
    private final SendTokens tokens = new SendTokens(timers, Duration.ofMinutes(3));
    private FakeWire wire = new FakeWire();
    private OutboundWriter writer = session();

    private OutboundWriter session() {
        wire = new FakeWire();
        return new OutboundWriter(wire, fixture.gate(), new MailboxBounds(8, 1000), tokens);
    }

    @AfterEach
    void nothingIsLeft() {
        wire.open = false;
        wire.changed();
        wire.decide(false);
        assertThat(timers.pending()).as("timers left").isZero();
        assertThat(timers.most()).as("timers at a time").isLessThanOrEqualTo(1);
        assertThat(fixture.counts().conserved()).isTrue();
        assertThat(fixture.counts().inFlight()).isZero();
    }

    private void budget(String... budgets) {
        tokens.use(List.of(budgets).stream().map(SendBudget::parse).toList());
    }

    private void send(String... texts) {
        for (String text : texts) {
            writer.send(fixture.admitted(OutputCommand.sendText("chat", text)));
        }
    }

    private void close() {
        writer.send(fixture.admitted(OutputCommand.close("chat", 1000, "")));
    }

    private void after(Duration duration) {
        time.advanceTimeBy(duration);
    }

    private List<Result> results() {
        return fixture.outcomes.stream().map(CommandOutcome::result).toList();
    }

    @Test
    void what_is_over_the_budget_waits_and_leaves_in_order_when_its_token_comes() {
        budget("2/60s");
        send("a", "b", "c", "d", "e");
        wire.decide(true);
        assertThat(wire.written).containsExactly("a", "b");

        after(PERIOD);
        assertThat(wire.written).as("a whole period, and no text too early").hasSize(2);
        after(LATE);
        assertThat(wire.written).containsExactly("a", "b", "c", "d");
        wire.decide(true);
        after(PERIOD.plus(LATE));
        assertThat(wire.written).containsExactly("a", "b", "c", "d", "e");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void a_token_comes_back_a_period_after_its_text_has_left_and_not_after_it_was_handed_over() {
        budget("1/60s");
        send("a", "b");
        after(PERIOD.plus(LATE));
        assertThat(wire.written).as("a may still leave at any moment").containsExactly("a");
        wire.decide(true);

        after(PERIOD);
        assertThat(wire.written).containsExactly("a");
        after(LATE);
        assertThat(wire.written).containsExactly("a", "b");
    }

    @Test
    void several_budgets_all_hold() {
        budget("4/60s", "2/1s");
        send("a", "b", "c", "d", "e");
        wire.decide(true);
        assertThat(wire.written).hasSize(2);
        after(Duration.ofSeconds(2));
        wire.decide(true);
        assertThat(wire.written).hasSize(4);
        after(Duration.ofSeconds(50));
        assertThat(wire.written).hasSize(4);
        after(Duration.ofSeconds(10));
        assertThat(wire.written).hasSize(5);
    }

    @Test
    @DisplayName("invariant 5: what needs no token waits behind what does")
    void a_close_keeps_its_place_and_needs_no_token() {
        budget("1/60s");
        send("a");
        wire.decide(true);
        send("b");
        close();
        send("c");
        assertThat(wire.closes).isEmpty();

        after(PERIOD.plus(LATE));
        assertThat(wire.written).containsExactly("a", "b");
        assertThat(wire.closes).containsExactly("1000");
        assertThat(fixture.rules()).endsWith("session-not-open");
    }

    @Test
    void a_close_that_is_first_in_line_needs_no_token() {
        budget("1/60s");
        send("a");
        close();
        assertThat(wire.closes).containsExactly("1000");
    }

    @Test
    void what_the_gate_refuses_takes_no_token_and_waits_for_none() {
        budget("1/60s");
        fixture.incarnation = 2;
        send("past", "past");
        fixture.incarnation = 1;
        send("a");
        assertThat(wire.written).containsExactly("a");
        assertThat(fixture.rules()).containsExactly("incarnation-ended", "incarnation-ended");

        fixture.incarnation = 2;
        send("past");
        assertThat(fixture.rules()).as("at once, though there is no token").hasSize(3);
    }

    @Test
    @DisplayName("invariant 1: after the token the gate is asked again, and a refusal gives the token back")
    void what_is_refused_at_the_last_moment_takes_no_token() {
        budget("1/60s");
        int[] asked = {0};
        CommandGate fickle = new CommandGate(
                "chat", 1, CommandFixture.TARGET, () -> fixture.authority, () -> ++asked[0] % 2 == 0 ? 2 : 1);
        writer = new OutboundWriter(wire, fickle, new MailboxBounds(8, 1000), tokens);
        send("refused");
        assertThat(fixture.rules()).containsExactly("incarnation-ended");
        writer = session();
        send("a");
        assertThat(wire.written).containsExactly("a");
    }

    @Test
    void what_has_waited_for_as_long_as_it_may_is_rejected_with_rule_and_remedy() {
        budget("1/1h");
        send("a");
        wire.decide(true);
        send("b");
        after(Duration.ofMinutes(1));
        send("c");
        after(Duration.ofMinutes(2));
        assertThat(fixture.rules()).containsExactly("", "over-send-budget");
        assertThat(results()).containsExactly(Result.SENT, Result.REJECTED);
        assertThat(fixture.outcomes.get(1).message())
                .isEqualTo(
                        "it has waited 180000 ms, and the send budget 1/1h of the connection is used up; send slower,"
                                + " or raise send-budget in the grant");
        after(Duration.ofMinutes(1));
        assertThat(fixture.rules()).containsExactly("", "over-send-budget", "over-send-budget");
        assertThat(timers.pending()).isZero();
    }

    @Test
    @DisplayName("invariant 3: the mailbox's bound is the bound")
    void what_waits_for_a_token_keeps_its_place_in_the_mailbox() {
        budget("1/60s");
        send("a", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(fixture.rules()).containsExactly("mailbox-full", "mailbox-full");
    }

    @Test
    void the_hosts_own_close_does_not_wait_for_tokens() {
        budget("1/60s");
        send("a", "b", "c");
        writer.close(1001, "away");
        assertThat(wire.written).containsExactly("a");
        assertThat(wire.closes).containsExactly("1001away");
        assertThat(fixture.rules()).containsExactly("session-not-open", "session-not-open");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void what_is_revoked_while_it_waits_for_a_token_is_denied_at_once_and_what_follows_has_its_turn() {
        budget("1/60s");
        send("a");
        wire.decide(true);
        send("b", "c");
        close();
        fixture.authority = CommandFixture.granting("subscribe");
        AtomicBoolean settled = new AtomicBoolean();
        writer.recheck().subscribe(nothing -> {}, error -> {}, () -> settled.set(true));

        assertThat(settled).isTrue();
        assertThat(fixture.rules()).containsExactly("", "send-not-granted", "send-not-granted", "");
        assertThat(wire.closes).containsExactly("1000");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void a_session_that_is_cut_off_leaves_no_timer() {
        budget("1/60s");
        send("a", "b");
        writer.revoke().subscribe();
        assertThat(timers.pending()).isZero();
        assertThat(fixture.rules()).containsExactly("session-not-open");
    }

    @Test
    void a_thread_that_has_ended_leaves_no_timer() {
        budget("1/60s");
        send("a", "b");
        wire.threadEnded = true;
        writer.wake();
        assertThat(timers.pending()).isZero();
        assertThat(fixture.rules()).containsExactly("session-not-open");
    }

    @Test
    @DisplayName("The peer counts, not the socket: the next session has what the last one left")
    void the_next_session_has_what_the_last_one_left() {
        budget("3/60s");
        send("a", "b");
        wire.decide(true);
        wire.open = false;
        wire.changed();
        after(Duration.ofSeconds(30));
        writer = session();
        send("c", "d", "e");
        wire.decide(true);
        assertThat(wire.written).containsExactly("c");
        after(Duration.ofSeconds(30).plus(LATE));
        assertThat(wire.written).containsExactly("c", "d", "e");
    }

    @Test
    void what_may_have_left_with_a_broken_session_counts() {
        budget("2/60s");
        send("a", "b");
        wire.open = false;
        wire.decide(false);
        writer = session();
        send("c");
        assertThat(wire.written).isEmpty();
    }

    @Test
    void a_budget_that_changes_holds_at_once_for_what_waits_and_what_left_counts() {
        budget("2/60s");
        send("a", "b", "c", "d");
        wire.decide(true);
        budget("3/60s");
        writer.wake();
        assertThat(wire.written).containsExactly("a", "b", "c");
        wire.decide(true);
        budget("1/60s");
        writer.wake();
        after(PERIOD.minus(LATE));
        assertThat(wire.written).hasSize(3);
        after(LATE.multipliedBy(2));
        assertThat(wire.written).containsExactly("a", "b", "c", "d");
    }

    @Test
    void without_a_budget_any_more_what_waits_leaves_at_once() {
        budget("1/60s");
        send("a", "b", "c");
        budget();
        writer.wake();
        assertThat(wire.written).containsExactly("a", "b", "c");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void what_waited_before_there_was_a_budget_waits_for_as_long_as_the_rest() {
        wire.writable = false;
        send("a", "b");
        after(Duration.ofMinutes(5));
        budget("1/1h");
        wire.writable = true;
        wire.changed();
        assertThat(wire.written).containsExactly("a");
        assertThat(fixture.rules()).as("b waits from now on").isEmpty();
        after(Duration.ofMinutes(3));
        assertThat(fixture.rules()).containsExactly("over-send-budget");
    }

    @Test
    @DisplayName("invariant 9: a clock that is set back keeps nobody waiting until it is where it was")
    void a_clock_that_is_set_back_stands_still() {
        budget("1/60s");
        send("a", "b");
        wire.decide(true);
        setBackBy = Duration.ofHours(-1);
        send("c");
        after(PERIOD.minus(LATE));
        assertThat(wire.written).containsExactly("a");
        after(LATE.multipliedBy(2));
        assertThat(wire.written).containsExactly("a", "b");
        assertThat(fixture.rules()).containsExactly("");
    }

    @Test
    void a_shorter_wait_moves_the_timer_forward() {
        budget("1/1h");
        send("a", "b");
        wire.decide(true);
        budget("1/1s");
        writer.wake();
        after(Duration.ofSeconds(2));
        assertThat(wire.written).containsExactly("a", "b");
    }
}
