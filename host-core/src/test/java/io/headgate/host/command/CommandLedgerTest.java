package io.headgate.host.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Verdict;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.OutputCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Counting and deciding, from several threads: invariant 2. */
@Timeout(60)
final class CommandLedgerTest {

    private static final Verdict.Refused DENIAL = new Verdict.Refused(Rule.SEND_NOT_GRANTED, "no", "none");
    private static final Verdict.Refused FULL = new Verdict.Refused(Rule.MAILBOX_FULL, "full", "wait");

    private final Contention contention = new Contention();
    private final Queue<CommandOutcome> outcomes = new ConcurrentLinkedQueue<>();
    private final CommandLedger ledger = new CommandLedger(
            List.of("chat", "feed"), VirtualTimeScheduler.create(), (command, outcome) -> outcomes.add(outcome));

    @AfterEach
    void end() {
        contention.close();
    }

    private IssuedCommand issue(String connection) {
        return ledger.issue(OutputCommand.sendText(connection, "ab"), 1, 1);
    }

    private CommandCounts sum() {
        return ledger.counts().values().stream().reduce(CommandCounts.ZERO, CommandCounts::plus);
    }

    @Test
    void each_term_is_counted_and_refusals_by_rule() {
        issue("chat").sent();
        issue("chat").done();
        issue("chat").refused(DENIAL);
        issue("chat").refused(FULL);
        issue("feed").refused(FULL);
        issue("feed").failed("lost");
        issue("elsewhere");

        assertThat(ledger.counts())
                .containsExactly(
                        Map.entry(
                                "chat",
                                new CommandCounts(
                                        4,
                                        1,
                                        1,
                                        1,
                                        1,
                                        0,
                                        0,
                                        2,
                                        Map.of(Rule.SEND_NOT_GRANTED, 1L, Rule.MAILBOX_FULL, 1L))),
                        Map.entry("feed", new CommandCounts(2, 0, 0, 0, 1, 1, 0, 0, Map.of(Rule.MAILBOX_FULL, 1L))),
                        Map.entry(CommandLedger.NO_CONNECTION, new CommandCounts(1, 0, 0, 0, 0, 0, 1, 0, Map.of())));
        assertThat(sum().refusedBy()).isEqualTo(Map.of(Rule.SEND_NOT_GRANTED, 1L, Rule.MAILBOX_FULL, 2L));
        assertThat(sum().conserved()).isTrue();
    }

    @Test
    void a_refusal_that_no_rule_accounts_for_is_not_conserved() {
        assertThat(new CommandCounts(1, 0, 0, 0, 1, 0, 0, 0, Map.of()).conserved())
                .isFalse();
        assertThat(new CommandCounts(1, 0, 0, 0, 0, 0, 0, 0, Map.of()).conserved())
                .isFalse();
        assertThatThrownBy(() -> CommandCounts.ZERO.refusedBy().put(Rule.MAILBOX_FULL, 1L))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @DisplayName("every snapshot is conserved, while commands are issued and decided on other threads")
    void every_snapshot_is_conserved() {
        AtomicLong torn = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        int rounds = 50_000;
        contention.run(
                1,
                once -> {
                    for (int n = 0; n < rounds; n++) {
                        IssuedCommand first = issue("chat");
                        IssuedCommand second = issue("feed");
                        first.sent();
                        second.refused(n % 2 == 0 ? DENIAL : FULL);
                    }
                    over.set(true);
                },
                once -> {
                    while (!over.get()) {
                        torn.addAndGet(isOfOneMoment(ledger.counts()) ? 0 : 1);
                    }
                });

        assertThat(torn).hasValue(0);
        assertThat(sum().issued()).isEqualTo(2L * rounds);
        assertThat(sum().inFlight()).isZero();
    }

    private static boolean isOfOneMoment(Map<String, CommandCounts> each) {
        CommandCounts all = each.values().stream().reduce(CommandCounts.ZERO, CommandCounts::plus);
        // A feed's command is issued after a chat's: more of them would be of a later moment.
        return each.values().stream().allMatch(CommandCounts::conserved)
                && all.conserved()
                && requireNonNull(each.get("feed")).issued()
                        <= requireNonNull(each.get("chat")).issued();
    }

    @Test
    @DisplayName("the first of two decisions at the same moment counts, and only that")
    void two_threads_decide_a_command_once() {
        int rounds = 20_000;
        List<IssuedCommand> commands = new ArrayList<>();
        for (int n = 0; n < rounds; n++) {
            commands.add(issue("chat"));
        }
        contention.run(
                rounds,
                round -> commands.get(round).sent(),
                round -> commands.get(round).failed("lost"));

        assertThat(outcomes).hasSize(rounds);
        assertThat(outcomes.stream().map(CommandOutcome::commandId).distinct()).hasSize(rounds);
        assertThat(sum().sent() + sum().failed()).isEqualTo(rounds);
        assertThat(sum().inFlight()).isZero();
        assertThat(commands)
                .allSatisfy(
                        command -> assertThat(command.whenDecided().toFuture()).isCompleted());
    }
}
