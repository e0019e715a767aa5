package io.headgate.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.OutputCommand;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Invariant 3: the bound is the bound, in commands and in bytes, whoever offers and polls at the same time. */
@Timeout(60)
final class MailboxTest {

    private static final int EACH = 300_000;

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

    /** Two threads offer twice as many as fit; answers how many got in. */
    private long taken(MailboxBounds bounds) {
        Mailbox mailbox = new Mailbox(bounds);
        IssuedCommand command = text("éa");
        AtomicLong taken = new AtomicLong();
        IntConsumer offering = once -> {
            int mine = 0;
            for (int n = 0; n < EACH; n++) {
                mine += mailbox.offer(command) ? 1 : 0;
            }
            taken.addAndGet(mine);
        };
        contention.run(1, offering, offering);
        return taken.get();
    }

    @Test
    void two_threads_get_in_as_many_commands_as_the_bound_says() {
        assertThat(taken(new MailboxBounds(EACH, Long.MAX_VALUE))).isEqualTo(EACH);
    }

    @Test
    void two_threads_get_in_as_many_bytes_as_the_bound_says() {
        // Three bytes each, with two to spare.
        assertThat(taken(new MailboxBounds(Integer.MAX_VALUE, 3L * EACH + 2))).isEqualTo(EACH);
    }

    @Test
    void what_is_decided_while_others_offer_gives_its_room_back() {
        Mailbox mailbox = new Mailbox(new MailboxBounds(4, 12));
        IssuedCommand command = text("éa");
        AtomicLong offered = new AtomicLong();
        AtomicLong polled = new AtomicLong();
        contention.run(
                5_000,
                round -> offered.addAndGet(mailbox.offer(command) ? 1 : 0),
                round -> polled.addAndGet(decided(mailbox) ? 1 : 0));
        while (decided(mailbox)) {
            polled.incrementAndGet();
        }

        assertThat(polled.get()).isPositive().isEqualTo(offered.get());
        for (int n = 0; n < 4; n++) {
            assertThat(mailbox.offer(command)).isTrue();
        }
        assertThat(mailbox.offer(command)).isFalse();
    }

    private static boolean decided(Mailbox mailbox) {
        IssuedCommand command = mailbox.poll();
        if (command == null) {
            return false;
        }
        mailbox.release(command);
        return true;
    }

    @Test
    void what_is_handed_over_keeps_its_room_until_it_is_decided() {
        Mailbox mailbox = new Mailbox(new MailboxBounds(1, 12));
        IssuedCommand first = text("éa");
        assertThat(mailbox.offer(first)).isTrue();
        assertThat(mailbox.poll()).isSameAs(first);
        assertThat(mailbox.waiting()).isZero();
        assertThat(mailbox.offer(text("a"))).isFalse();
        mailbox.release(first);
        assertThat(mailbox.offer(text("a"))).isTrue();
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
