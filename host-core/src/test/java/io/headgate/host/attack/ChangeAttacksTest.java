package io.headgate.host.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Invariant 1, attacked by what Open, Reconnect and a change of the grants do to each other. */
final class ChangeAttacksTest {

    private static final String FIRST = "wss://a.shards.example.com/x";
    private static final String SECOND = "wss://b.shards.example.com/x";
    private static final String PATTERN = "wss://*.shards.example.com/**";

    private final Attacked host = new Attacked();

    @AfterEach
    void stop() {
        host.close();
    }

    private ConnectionState state(String connection) {
        return host.connection(connection).state();
    }

    private static void assertDenied(CommandOutcome outcome, String rule) {
        assertThat(outcome.result()).isEqualTo(Result.DENIED);
        assertThat(outcome.rule()).isEqualTo(rule);
    }

    @Test
    @DisplayName("Open under a pattern, lose the pattern while down, and Reconnect to where it last led")
    void reconnectAfterThePatternIsGone() {
        host.shard(FIRST).end();
        host.tick();
        host.grant(Attacked.GRANTS.replace(PATTERN, "wss://c.shards.example.com/**"));

        assertDenied(host.outcomeOf(OutputCommand.reconnect("shard")), "target-not-granted");
        assertThat(host.dials("shard")).isEqualTo(1);
    }

    @Test
    @DisplayName("Have an Open refused, and Reconnect in the hope that its URI was kept")
    void reconnectToWhatWasRefused() {
        host.shard(FIRST).end();
        host.tick();

        assertDenied(host.outcomeOf(OutputCommand.open("shard", "wss://shards.example.com/x")), "target-not-declared");
        host.issue(OutputCommand.reconnect("shard"));
        assertThat(host.driver.peer("shard").spec().target()).hasToString("wss://a.shards.example.com:443/x");
    }

    @Test
    @DisplayName(
            "Narrow the pattern to one host while another host's session is open, then widen: only the open one's is dialled")
    void narrowedToAnotherHost() {
        InMemoryPeer peer = host.shard(SECOND);
        host.grant(Attacked.GRANTS.replace(PATTERN, FIRST));

        assertThat(host.acknowledged).isTrue();
        assertThat(peer.isGone()).isTrue();
        assertThat(state("shard")).isEqualTo(ConnectionState.DENIED);
        assertDenied(host.outcomeOf(OutputCommand.reconnect("shard")), "target-not-granted");
        host.issue(OutputCommand.open("shard", FIRST));
        assertThat(host.driver.peer("shard").spec().target()).hasToString("wss://a.shards.example.com:443/x");
        host.grant(Attacked.GRANTS);
        assertThat(host.dials("shard"))
                .as("it is being dialled: nothing else is")
                .isEqualTo(2);
    }

    @Test
    @DisplayName("Smuggle a secret out in the query of an Open under a granted pattern")
    void openWithAQuery() {
        assertDenied(host.outcomeOf(OutputCommand.open("shard", FIRST + "?stolen=canary-open")), "query-not-granted");
        assertThat(host.dials("shard")).isZero();
        assertThat(host.allThatIsSaid()).noneMatch(said -> said.contains("canary"));
    }

    @Test
    @DisplayName("Keep a session that was opened with a query, and come back with it, once queries are granted no more")
    void aQueryThatIsTakenBack() {
        String anyQuery =
                Attacked.GRANTS.replace("{target: \"" + PATTERN + "\",", "{target: \"" + PATTERN + "\", query: any,");
        host.grant(anyQuery);
        InMemoryPeer peer = host.shard(FIRST + "?ticket=canary-open");
        assertThat(peer.spec().target().query()).isEqualTo("ticket=canary-open");
        host.grant(Attacked.GRANTS);

        assertThat(host.acknowledged).isTrue();
        assertThat(peer.isGone()).isTrue();
        assertThat(state("shard")).isEqualTo(ConnectionState.DENIED);
        assertDenied(host.outcomeOf(OutputCommand.reconnect("shard")), "query-not-granted");
        assertThat(host.dials("shard")).isEqualTo(1);
        host.grant(anyQuery);
        assertThat(host.dials("shard")).isEqualTo(2);
        assertThat(host.allThatIsSaid()).noneMatch(said -> said.contains("canary"));
    }

    @Test
    @DisplayName("Take a query to another path, host, port or scheme than those that it is granted for")
    void aQueryElsewhere() {
        host.grant(Attacked.GRANTS.replace(
                "- {target: \"" + PATTERN + "\",",
                "- {target: \"" + FIRST + "\", query: any, access: [subscribe]}\n      - {target: \"" + PATTERN
                        + "\","));
        for (String elsewhere : List.of(SECOND, FIRST + "/y", "wss://a.shards.example.com/X")) {
            assertDenied(
                    host.outcomeOf(OutputCommand.open("shard", elsewhere + "?ticket=canary-open")),
                    "query-not-granted");
        }
        for (String elsewhere : List.of("wss://a.shards.example.com:444/x", "ws://a.shards.example.com/x")) {
            assertDenied(
                    host.outcomeOf(OutputCommand.open("shard", elsewhere + "?ticket=canary-open")),
                    "target-not-declared");
        }
        assertThat(host.dials("shard")).isZero();
        host.issue(OutputCommand.open("shard", FIRST + "?ticket=canary-open"));
        assertThat(host.dials("shard")).isEqualTo(1);
        assertThat(host.allThatIsSaid()).noneMatch(said -> said.contains("canary"));
    }

    @Test
    @DisplayName("Let a text wait behind a stalled peer, and have it ride on the next session, of another target")
    void aTextRidesOn() {
        InMemoryPeer first = host.shard(FIRST);
        first.stall();
        host.issue(OutputCommand.sendText("shard", "for the first"));
        first.end();
        host.tick();
        InMemoryPeer second = host.shard(SECOND);
        first.resume();
        host.tick();

        assertThat(first.sent()).isEmpty();
        assertThat(second.sent()).isEmpty();
        assertThat(host.outcomes)
                .filteredOn(outcome -> outcome.result() == Result.REJECTED)
                .extracting(CommandOutcome::rule)
                .containsExactly("session-not-open");
    }

    @Test
    @DisplayName("Take the grants away and give them back before anything else runs: what waited must not survive it")
    void revokedAndGrantedInOneBreath() {
        InMemoryPeer peer = host.accepted("chat");
        peer.stall();
        host.issue(OutputCommand.sendText("chat", "waits"));
        host.replace(Attacked.NONE);
        host.replace(Attacked.GRANTS);
        host.tick();

        peer.resume();
        host.tick();
        assertThat(host.acknowledged).isTrue();
        assertThat(peer.sent()).isEmpty();
        assertThat(peer.isGone()).isTrue();
        assertThat(host.connection("chat").commands().denied()
                        + host.connection("chat").commands().rejected())
                .isEqualTo(1);
    }

    @Test
    @DisplayName(
            "Change which addresses a target may lead to, and back, before anything else runs: the session must not survive it")
    void otherAddressesAndBack() {
        InMemoryPeer peer = host.accepted("feed");
        String elsewhere = Attacked.GRANTS.replace("access: [subscribe]}", "access: [subscribe], addresses: private}");
        host.replace(elsewhere);
        host.replace(Attacked.GRANTS);
        host.tick();

        assertThat(peer.isGone()).isTrue();
        assertThat(state("feed")).isEqualTo(ConnectionState.DOWN);
    }

    @Test
    @DisplayName("Go on speaking a subprotocol that is not granted any more, as another one still is")
    void theSessionsSubprotocolIsTaken() {
        InMemoryPeer peer = host.accepted("chat", "chat.v1");
        host.grant(Attacked.GRANTS.replace("subprotocols: [chat.v1, chat.v2]", "subprotocols: [chat.v2]"));

        assertThat(host.acknowledged).isTrue();
        assertThat(peer.isGone()).as("the session that speaks chat.v1").isTrue();
        host.issue(OutputCommand.sendText("chat", "in the wrong protocol"));
        assertThat(peer.sent()).isEmpty();
        assertThat(state("chat")).isEqualTo(ConnectionState.DOWN);
        assertThat(host.connection("chat").lastError()).contains("subprotocol");
        host.issue(OutputCommand.reconnect("chat"));
        assertThat(host.driver.peer("chat").spec().subprotocols()).containsExactly("chat.v2");
    }

    @Test
    @DisplayName("Have the peer choose a subprotocol that was taken after it was offered")
    void anOfferedSubprotocolIsTaken() {
        InMemoryPeer peer = host.driver.peer("chat");
        host.grant(Attacked.GRANTS.replace("subprotocols: [chat.v1, chat.v2]", "subprotocols: [chat.v2]"));

        assertThat(peer.isGone()).as("the dial that offers chat.v1").isTrue();
        assertThat(host.connection("chat").epoch()).isZero();
    }

    @Test
    @DisplayName("More subprotocols, or one taken that nobody speaks, disturb no session")
    void otherSubprotocolsDisturbNothing() {
        InMemoryPeer peer = host.accepted("chat", "chat.v2");
        host.grant(Attacked.GRANTS.replace("subprotocols: [chat.v1, chat.v2]", "subprotocols: [chat.v2]"));
        host.grant(Attacked.GRANTS);
        assertThat(peer.isGone()).isFalse();
        assertThat(state("chat")).isEqualTo(ConnectionState.OPEN);
    }

    @Test
    @DisplayName("Stay connected when the operator pins a jar, with code that is from none")
    void aDigestIsPinnedLive() {
        InMemoryPeer peer = host.accepted("chat");
        host.grant(Attacked.GRANTS.replace(
                "    release: 1.0.0\n", "    release: 1.0.0\n    digest: sha256:" + "A".repeat(64) + "\n"));

        assertThat(peer.isGone()).isTrue();
        assertDenied(host.outcomeOf(OutputCommand.sendText("chat", "x")), "digest-not-granted");
        assertThat(host.status().connections())
                .filteredOn(connection -> connection.state() != ConnectionState.DOWN)
                .allMatch(connection -> connection.state() == ConnectionState.DENIED);
    }

    @Test
    @DisplayName("Hide in the grace of a stop: a session that is not granted any more must go at once all the same")
    void revokedWithinTheGrace() {
        host.finishes = false;
        InMemoryPeer peer = host.accepted("chat");
        host.host.stop(Duration.ofSeconds(30)).subscribe();
        host.tick();
        peer.text("still heard");
        host.grant(Attacked.NONE);

        assertThat(host.acknowledged).isTrue();
        assertThat(peer.isGone()).isTrue();
    }

    @Test
    @DisplayName("Hide in the Close of a stop: what was handed over must not leave after the acknowledgement")
    void handedOverWithinTheGrace() {
        InMemoryPeer peer = host.accepted("chat");
        peer.lag();
        host.issue(OutputCommand.sendText("chat", "handed over"));
        host.host.stop(Duration.ZERO).subscribe();
        host.grant(Attacked.NONE);

        assertThat(host.acknowledged).isTrue();
        peer.resume();
        host.tick();
        assertThat(peer.sent()).isEmpty();
    }

    @Test
    @DisplayName("Be granted more within the grace of a stop: nothing is dialled any more")
    void grantedWithinTheGrace() {
        host.finishes = false;
        host.grant(Attacked.NONE);
        host.host.stop(Duration.ofSeconds(30)).subscribe();
        host.tick();
        int dials = host.driver.dials().size();
        host.grant(Attacked.GRANTS);
        assertThat(host.outcomeOf(OutputCommand.reconnect("chat")).rule()).isEqualTo("service-stopping");
        assertThat(host.driver.dials()).hasSize(dials);
    }
}
