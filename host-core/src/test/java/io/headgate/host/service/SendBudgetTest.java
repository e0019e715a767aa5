package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Rule;
import io.headgate.host.command.TokenWait;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** R2, R8, R10, invariant 1: the send budget of a grant, over reconnects and changes of grants. */
final class SendBudgetTest {

    private static final Duration PERIOD = Duration.ofSeconds(60);
    private static final Duration LATE = Duration.ofMillis(60);

    private final HostFixture fixture = new HostFixture(
            null,
            settings -> settings.withCommands(commands -> commands.withBudgetWait(Duration.ofMinutes(5))),
            budget("2/60s"));

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static String budget(String budget) {
        return granting("[subscribe, send], send-budget: " + budget);
    }

    private static String granting(String access) {
        return HostFixture.GRANTS.replace("v1\", access: [subscribe, send],", "v1\", access: " + access + ",");
    }

    private void grant(String grants) {
        fixture.host.grants(GrantFile.parse("grants.yaml", grants)).subscribe();
        fixture.tick();
    }

    private void send(String... texts) {
        for (String text : texts) {
            fixture.issue(OutputCommand.sendText("chat", text));
        }
    }

    private InMemoryPeer reconnected() {
        fixture.issue(OutputCommand.reconnect("chat"));
        InMemoryPeer peer = fixture.driver.peer("chat").accept("chat.v1");
        fixture.tick();
        return peer;
    }

    private List<String> rules() {
        return fixture.outcomes.stream()
                .map(CommandOutcome::rule)
                .filter(rule -> !rule.isEmpty())
                .toList();
    }

    @Test
    void what_is_over_the_budget_waits() {
        InMemoryPeer peer = fixture.chat();
        fixture.after(Duration.ofSeconds(1));
        long waits = fixture.nowMillis();
        send("a", "b", "c");
        fixture.after(Duration.ofSeconds(1));
        assertThat(peer.sent()).containsExactly("a", "b");
        assertThat(fixture.connection("chat").commands().inFlight()).isEqualTo(1);
        assertThat(fixture.connection("chat").tokens()).isEqualTo(new TokenWait(waits, 1));
        fixture.after(PERIOD.plus(LATE));
        assertThat(peer.sent()).containsExactly("a", "b", "c");
        assertThat(rules()).isEmpty();
        assertThat(fixture.connection("chat").tokens()).isEqualTo(new TokenWait(0, 1));
    }

    @Test
    @DisplayName("The peer counts, and not the socket")
    void a_reconnect_gives_no_new_budget() {
        InMemoryPeer first = fixture.chat();
        send("a");
        first.close(1000, "");
        fixture.tick();
        InMemoryPeer second = reconnected();
        send("b", "c");
        assertThat(second.sent()).containsExactly("b");
        fixture.after(PERIOD.plus(LATE));
        assertThat(second.sent()).containsExactly("b", "c");
    }

    @Test
    void taking_send_and_giving_it_back_gives_no_new_budget() {
        InMemoryPeer peer = fixture.chat();
        send("a", "b", "c");
        grant(granting("[subscribe]"));
        assertThat(rules()).as("denied at once, while it waits for a token").containsExactly("send-not-granted");
        grant(budget("2/60s"));
        send("d");
        assertThat(peer.sent()).containsExactly("a", "b");
        grant(granting("[send]"));
        grant(budget("2/60s"));
        InMemoryPeer second = fixture.driver.peer("chat").accept("chat.v1");
        fixture.tick();
        send("e");
        assertThat(second.sent()).isEmpty();
    }

    @Test
    void a_wider_budget_lets_out_at_once_what_waits() {
        InMemoryPeer peer = fixture.chat();
        send("a", "b", "c", "d", "e");
        grant(budget("4/60s"));
        assertThat(peer.sent()).containsExactly("a", "b", "c", "d");
        grant(HostFixture.GRANTS);
        assertThat(peer.sent()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void a_narrower_budget_holds_at_once() {
        InMemoryPeer peer = fixture.chat();
        send("a");
        grant(budget("1/60s"));
        send("b");
        assertThat(peer.sent()).containsExactly("a");
        fixture.after(PERIOD.plus(LATE));
        assertThat(peer.sent()).containsExactly("a", "b");
    }

    @Test
    void what_waits_too_long_is_rejected_and_told() {
        fixture.chat();
        grant(budget("1/1d"));
        send("a", "b");
        fixture.after(Duration.ofMinutes(5));
        assertThat(rules()).containsExactly("over-send-budget");
        assertThat(fixture.seen(IngressEvent.CommandRefused.class, "chat"))
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.rule()).isEqualTo("over-send-budget");
                    assertThat(refused.message()).contains("raise send-budget in the grant");
                });
        assertThat(fixture.connection("chat").commands().refusedBy()).containsEntry(Rule.OVER_SEND_BUDGET, 1L);
    }

    @Test
    void each_connection_has_a_budget_of_its_own() {
        grant(HostFixture.GRANTS.replace(
                "shards.example.com/**\", access: [subscribe, send]}",
                "shards.example.com/**\", access: [subscribe, send], send-budget: 1/60s}"));
        InMemoryPeer chat = fixture.chat();
        fixture.issue(OutputCommand.open("shard", "wss://one.shards.example.com/"));
        InMemoryPeer shard = fixture.driver.peer("shard").accept();
        fixture.tick();
        send("a", "b", "c");
        fixture.issue(OutputCommand.sendText("shard", "x"));
        fixture.issue(OutputCommand.sendText("shard", "y"));
        assertThat(chat.sent()).containsExactly("a", "b", "c");
        assertThat(shard.sent()).containsExactly("x");
    }

    @Test
    @DisplayName("invariant 7: a stop waits for no token")
    void a_stop_waits_for_no_token() {
        InMemoryPeer peer = fixture.chat();
        send("a", "b", "c");
        fixture.host.stop(Duration.ofSeconds(1)).subscribe();
        fixture.after(Duration.ofSeconds(1));
        assertThat(peer.sent()).containsExactly("a", "b");
        assertThat(peer.isGone()).isTrue();
        assertThat(fixture.commandCounts().inFlight()).isZero();
        // Cut off at the end of the grace: its incarnation is over, before its session is.
        assertThat(rules()).hasSize(1);
    }

    @Test
    @DisplayName("Refusals are told once a second for each connection and rule, and counted in full")
    void refusals_are_told_once_a_second_and_counted_in_full() {
        fixture.chat();
        for (int n = 0; n < 50; n++) {
            fixture.issue(OutputCommand.sendText("feed", "x"));
            fixture.issue(OutputCommand.sendText("chat", "x".repeat(65)));
            fixture.issue(OutputCommand.sendText("chat", "\ud800"));
            fixture.issue(OutputCommand.sendText("nowhere", "x"));
        }
        List<Diagnostic.CommandRefused> told = fixture.told(Diagnostic.CommandRefused.class);
        assertThat(told)
                .extracting(Diagnostic.CommandRefused::rule)
                .containsExactly("send-not-granted", "text-too-large", "text-malformed", "connection-not-declared");
        assertThat(told.get(0).message())
                .contains("refused by send-not-granted")
                .endsWith("add `send` to the access of wss://feed.example.com:443/ in the grant of test.plugin");
        assertThat(fixture.commandCounts().refusedBy())
                .containsEntry(Rule.SEND_NOT_GRANTED, 50L)
                .containsEntry(Rule.TEXT_TOO_LARGE, 50L)
                .containsEntry(Rule.TEXT_MALFORMED, 50L)
                .containsEntry(Rule.CONNECTION_NOT_DECLARED, 50L);
        assertThat(fixture.outcomes).as("each has its outcome").hasSize(200);

        fixture.after(Duration.ofSeconds(1));
        fixture.issue(OutputCommand.sendText("feed", "x"));
        assertThat(fixture.told(Diagnostic.CommandRefused.class)).hasSize(5);
    }
}
