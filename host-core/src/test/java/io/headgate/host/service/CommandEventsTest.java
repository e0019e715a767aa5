package io.headgate.host.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ingress.IngressLane;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** What a plugin is told of its commands, as events and by {@code outcomes()}: R5, R8; invariants 2 and 4. */
@Timeout(30)
final class CommandEventsTest {

    private final HostFixture fixture = new HostFixture();
    private final List<CommandOutcome> outcomes = new ArrayList<>();

    @AfterEach
    void conserved() {
        fixture.close();
    }

    private InMemoryPeer chat() {
        InMemoryPeer peer = fixture.chat();
        requireNonNull(fixture.context).outcomes().subscribe(outcomes::add);
        return peer;
    }

    private static OutputCommand confirmed(String id, String text) {
        return OutputCommand.sendText("chat", text).confirmed().withId(id);
    }

    @Test
    void a_text_sent_with_a_confirmation_is_confirmed_once_it_is_sent() {
        InMemoryPeer peer = chat().stall();
        fixture.issue(confirmed("mine", "hi"));
        assertThat(fixture.seen(IngressEvent.CommandSent.class, "chat")).isEmpty();

        peer.resume();
        fixture.tick();

        assertThat(fixture.seen(IngressEvent.CommandSent.class, "chat"))
                .containsExactly(new IngressEvent.CommandSent("chat", 1, 2, 0, "mine", 0));
        assertThat(outcomes).extracting(CommandOutcome::result).containsExactly(Result.SENT);
    }

    @Test
    void what_asks_for_no_confirmation_gets_none() {
        chat();
        fixture.issue(OutputCommand.sendText("chat", "hi"));
        fixture.issue(OutputCommand.reportStatus(Health.OK, "fine"));
        fixture.issue(OutputCommand.close("chat", 1000, ""));

        assertThat(fixture.seen(IngressEvent.CommandSent.class, "chat")).isEmpty();
        assertThat(fixture.seen(IngressEvent.CommandSent.class, OutcomeReporter.UNDECLARED))
                .isEmpty();
        assertThat(outcomes).extracting(CommandOutcome::result).containsExactly(Result.SENT, Result.DONE, Result.DONE);
    }

    @Test
    void what_was_refused_is_not_confirmed() {
        chat();
        fixture.issue(confirmed("long", "x".repeat(65)));
        fixture.issue(OutputCommand.sendText("feed", "psst").confirmed().withId("denied"));

        assertThat(fixture.seen).noneMatch(IngressEvent.CommandSent.class::isInstance);
        assertThat(fixture.seen(IngressEvent.CommandRefused.class, "chat"))
                .extracting(IngressEvent.CommandRefused::commandId)
                .containsExactly("long");
    }

    @Test
    void a_view_holds_as_many_outcomes_as_is_set_and_counts_what_it_loses() {
        try (HostFixture small =
                new HostFixture(null, settings -> settings.withCommands(commands -> commands.withOutcomes(3)))) {
            small.chat();
            BaseSubscriber<CommandOutcome> slow = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    // Asks for nothing yet.
                }

                @Override
                protected void hookOnNext(CommandOutcome outcome) {
                    outcomes.add(outcome);
                }
            };
            requireNonNull(small.context).outcomes().subscribe(slow);
            for (int n = 0; n < 10; n++) {
                small.issue(OutputCommand.sendText("chat", "t").withId("c" + n));
            }
            slow.requestUnbounded();
            small.tick();

            // One was in the hop already; three waited.
            assertThat(outcomes).extracting(CommandOutcome::commandId).containsExactly("c0", "c7", "c8", "c9");
            assertThat(small.status().counts().outcomesLost()).isEqualTo(6);
        }
    }

    @Test
    @DisplayName("invariant 4: 64 confirmations wait, and the last of them stands for all that came later")
    void confirmations_that_wait_are_folded() {
        fixture.taking = events -> events.concatMap(
                event -> Mono.delay(Duration.ofSeconds(1), fixture.time).thenReturn(event), 0);
        fixture.start().driver.peer("chat").accept("chat.v1");
        fixture.after(Duration.ofMinutes(1));
        int sends = 200;
        for (int n = 0; n < sends; n++) {
            fixture.issue(confirmed("c" + n, "t" + n));
        }
        fixture.after(Duration.ofMinutes(5));

        List<IngressEvent.CommandSent> told = fixture.seen(IngressEvent.CommandSent.class, "chat");
        assertThat(told).hasSizeBetween(2, IngressLane.MAX_WAITING_CONTROLS);
        assertThat(told.stream().mapToLong(sent -> 1 + sent.more()).sum()).isEqualTo(sends);
        assertThat(told.get(told.size() - 1).more()).isPositive();
    }
}
