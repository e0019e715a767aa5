package io.headgate.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.OutputCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Invariant 3: the bound is the bound, in commands and in bytes, whoever offers and polls at the same time. */
@Timeout(60)
final class MailboxTest {

    private static final int ROUNDS = 2_000;
    private static final int EACH = 8;

    private final Contention contention = new Contention();
    private final CommandLedger ledger =
            new CommandLedger(List.of("chat"), VirtualTimeScheduler.create(), OutcomeListener.NONE);

    @AfterEach
    void end() {
        contention.close();
    }

    private IssuedCommand text(String text) {
        return ledger.issue(OutputCommand.sendText("chat", text), 1, 1);
    }

    /** Each round two threads offer more than a new mailbox holds; answers how many it took in each. */
    private List<Integer> taken(MailboxBounds bounds) {
        List<Mailbox> mailboxes = new ArrayList<>();
        List<AtomicInteger> taken = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            mailboxes.add(new Mailbox(bounds));
            taken.add(new AtomicInteger());
        }
        IssuedCommand command = text("éa");
        IntConsumer offering = round -> {
            for (int n = 0; n < EACH; n++) {
                if (mailboxes.get(round).offer(command)) {
                    taken.get(round).incrementAndGet();
                }
            }
        };
        contention.run(ROUNDS, offering, offering);
        return taken.stream().map(AtomicInteger::get).toList();
    }

    @Test
    void two_threads_get_in_as_many_commands_as_the_bound_says() {
        assertThat(taken(new MailboxBounds(EACH, 1_000))).containsOnly(EACH);
    }

    @Test
    void two_threads_get_in_as_many_bytes_as_the_bound_says() {
        // Three bytes each: eight fit into 26 bytes, with two to spare.
        assertThat(taken(new MailboxBounds(1_000, 3 * EACH + 2))).containsOnly(EACH);
    }

    @Test
    void what_is_polled_while_others_offer_gives_its_room_back() {
        Mailbox mailbox = new Mailbox(new MailboxBounds(4, 12));
        IssuedCommand command = text("éa");
        AtomicLong offered = new AtomicLong();
        AtomicLong polled = new AtomicLong();
        contention.run(
                5_000,
                round -> offered.addAndGet(mailbox.offer(command) ? 1 : 0),
                round -> polled.addAndGet(mailbox.poll() == null ? 0 : 1));
        while (mailbox.poll() != null) {
            polled.incrementAndGet();
        }

        assertThat(polled.get()).isPositive().isEqualTo(offered.get());
        for (int n = 0; n < 4; n++) {
            assertThat(mailbox.offer(command)).isTrue();
        }
        assertThat(mailbox.offer(command)).isFalse();
    }

    @Test
    void a_command_that_finds_no_room_for_its_bytes_takes_none_for_itself() {
        Mailbox mailbox = new Mailbox(new MailboxBounds(2, 4));
        assertThat(mailbox.offer(text("éab"))).isTrue();
        assertThat(mailbox.offer(text("a"))).isFalse();
        assertThat(mailbox.offer(text(""))).isTrue();
        assertThat(mailbox.offer(text(""))).isFalse();
    }
}
