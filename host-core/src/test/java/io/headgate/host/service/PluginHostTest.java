package io.headgate.host.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Rule;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.ingress.Tally;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The way through a host, in virtual time: R1 to R8, invariants 1, 2, 4 and 5. */
final class PluginHostTest {

    private final HostFixture fixture = new HostFixture();

    @AfterEach
    void conserved() {
        fixture.close();
    }

    @Test
    @DisplayName("R1, R3, R5: a text arrives, and its reply leaves")
    void a_text_arrives_and_its_reply_leaves() {
        InMemoryPeer peer = fixture.chat().text("hello");
        fixture.tick();

        IngressEvent.Text text = fixture.seen(IngressEvent.Text.class, "chat").get(0);
        fixture.issue(text.reply("hi"));

        assertThat(peer.spec().subprotocols()).containsExactly("chat.v1");
        assertThat(fixture.seen(IngressEvent.Opened.class, "chat"))
                .containsExactly(new IngressEvent.Opened("chat", 1, 1, 0, "chat.v1"));
        assertThat(text).isEqualTo(new IngressEvent.Text("chat", 1, 2, 0, "hello", 5));
        assertThat(peer.sent()).containsExactly("hi");
        assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.OPEN);
        assertThat(fixture.connection("chat").commands().sent()).isEqualTo(1);
        assertThat(fixture.connection("chat").commands().sentBytes()).isEqualTo(2);
        assertThat(fixture.connection("chat").events().delivered()).isEqualTo(new Tally(1, 5));
        assertThat(fixture.status().state()).isEqualTo(ServiceState.RUNNING);
    }

    @Test
    @DisplayName("R2, R8: a declared connection without a grant is DENIED, and nothing is dialled")
    void a_connection_without_a_grant_is_denied() {
        fixture.start();

        assertThat(fixture.driver.dials())
                .noneMatch(peer -> peer.spec().connection().equals("vault"));
        assertThat(fixture.connection("vault").state()).isEqualTo(ConnectionState.DENIED);
        IngressEvent.Failed told =
                fixture.seen(IngressEvent.Failed.class, "vault").get(0);
        assertThat(told.kind()).isEqualTo(FailureKind.DENIED);
        assertThat(told.message()).startsWith("target-not-granted").contains("wss://vault.example.com");
        assertThat(fixture.told(Diagnostic.ConnectionChanged.class))
                .anySatisfy(diagnostic -> assertThat(diagnostic.message())
                        .contains("DENIED", "target-not-granted", "grant of test.plugin"));

        fixture.issue(OutputCommand.reconnect("vault"));
        assertThat(fixture.connection("vault").commands().denied()).isEqualTo(1);
        assertThat(fixture.driver.dials())
                .noneMatch(peer -> peer.spec().connection().equals("vault"));
    }

    @Test
    @DisplayName("R8: a send without the grant for it leaves nothing, and names rule and remedy")
    void a_send_without_a_grant_is_denied() {
        fixture.start();
        InMemoryPeer feed = fixture.driver.peer("feed").accept();
        fixture.tick().issue(OutputCommand.sendText("feed", "psst").withId("mine"));

        assertThat(feed.sent()).isEmpty();
        IngressEvent.CommandRefused refused =
                fixture.seen(IngressEvent.CommandRefused.class, "feed").get(0);
        assertThat(refused.commandId()).isEqualTo("mine");
        assertThat(refused.rule()).isEqualTo("send-not-granted");
        assertThat(fixture.told(Diagnostic.CommandRefused.class).get(0).message())
                .contains("mine", "send-not-granted", "send", "grant")
                .doesNotContain("psst");
        assertThat(fixture.connection("feed").commands().denied()).isEqualTo(1);
    }

    @Test
    void a_command_for_an_undeclared_connection_is_denied_and_told() {
        fixture.start();
        fixture.issue(OutputCommand.sendText("nowhere", "x"));

        assertThat(fixture.commandCounts().denied()).isEqualTo(1);
        assertThat(fixture.seen(IngressEvent.CommandRefused.class, OutcomeReporter.UNDECLARED)
                        .get(0)
                        .rule())
                .isEqualTo("connection-not-declared");
    }

    @Test
    @DisplayName(
            "R4, pitfall 7: a lost connection is DOWN, told as Closed 1006 and ReconnectNeeded; Reconnect opens epoch 2")
    void a_lost_connection_is_dialled_again_when_the_plugin_asks() {
        InMemoryPeer first = fixture.chat().text("one");
        fixture.tick();
        first.end();
        fixture.tick();

        assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.DOWN);
        assertThat(fixture.seen(IngressEvent.Closed.class, "chat"))
                .containsExactly(new IngressEvent.Closed("chat", 1, 3, 0, 1006, "", Initiator.NOBODY));
        IngressEvent.ReconnectNeeded needed =
                fixture.seen(IngressEvent.ReconnectNeeded.class, "chat").get(0);
        assertThat(needed.sequence()).isEqualTo(4);

        fixture.issue(needed.reconnect());
        InMemoryPeer second = fixture.driver.peer("chat").accept("chat.v1");
        fixture.tick();

        assertThat(second).isNotSameAs(first);
        assertThat(fixture.connection("chat").epoch()).isEqualTo(2);
        assertThat(fixture.connection("chat").attempts()).isEqualTo(2);
        IngressEvent.Text old = fixture.seen(IngressEvent.Text.class, "chat").get(0);
        fixture.issue(old.reply("late"));
        assertThat(second.sent()).isEmpty();
        assertThat(fixture.seen(IngressEvent.CommandRefused.class, "chat")
                        .get(0)
                        .rule())
                .isEqualTo("stale-epoch");
    }

    @Test
    void a_broken_connection_is_told_as_failed() {
        InMemoryPeer peer = fixture.chat();
        peer.breakConnection("reset");
        fixture.tick();

        assertThat(fixture.seen(IngressEvent.Failed.class, "chat").get(0).kind())
                .isEqualTo(FailureKind.TRANSPORT);
        assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.DOWN);
        assertThat(fixture.connection("chat").lastError()).isEqualTo("TRANSPORT: reset");
    }

    @Test
    void a_failed_dial_takes_no_epoch() {
        fixture.start();
        fixture.driver.peer("chat").refuse(new TransportException(FailureKind.HANDSHAKE, "answered 403", null));
        fixture.tick();

        assertThat(fixture.seen(IngressEvent.Failed.class, "chat"))
                .containsExactly(new IngressEvent.Failed("chat", 0, 1, 0, FailureKind.HANDSHAKE, "answered 403"));
        assertThat(fixture.seen(IngressEvent.ReconnectNeeded.class, "chat")).hasSize(1);

        fixture.issue(OutputCommand.reconnect("chat"));
        fixture.driver.peer("chat").accept("chat.v1");
        fixture.tick();
        assertThat(fixture.connection("chat").epoch()).isEqualTo(1);
    }

    @Test
    @DisplayName("pitfall 2: a silent peer fails the dial at the handshake timeout")
    void a_silent_peer_fails_the_dial() {
        fixture.start();
        fixture.after(HostSettings.defaults().dial().upgrade());

        assertThat(fixture.seen(IngressEvent.Failed.class, "chat").get(0).kind())
                .isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    @DisplayName("a peer that answers at once, before anything else happens, is no special case")
    void an_answer_within_the_dial_opens_the_connection() {
        fixture.driver.onDial(peer -> {
            if (peer.spec().connection().equals("chat")) {
                peer.accept("chat.v1").stall();
            }
        });
        fixture.start();

        assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.OPEN);
        fixture.issue(OutputCommand.sendText("chat", "hi"));
        fixture.driver.peer("chat").resume();
        fixture.tick();
        assertThat(fixture.driver.peer("chat").sent()).containsExactly("hi");
    }

    @Test
    void one_attempt_at_a_time() {
        fixture.start();
        fixture.issue(OutputCommand.reconnect("chat"));
        assertThat(fixture.seen(IngressEvent.CommandRefused.class, "chat")
                        .get(0)
                        .rule())
                .isEqualTo("already-connected");

        fixture.driver.peer("chat").accept("chat.v1");
        fixture.tick().issue(OutputCommand.reconnect("chat"));
        assertThat(fixture.connection("chat").commands().rejected()).isEqualTo(2);
        assertThat(fixture.connection("chat").attempts()).isEqualTo(1);
    }

    @Test
    @DisplayName("a burst overflows the queue, and the Gaps add up to what was dropped")
    void a_burst_becomes_a_gap() {
        fixture.taking = events -> events.concatMap(
                event -> Mono.delay(Duration.ofSeconds(1), fixture.time).thenReturn(event), 0);
        fixture.start().driver.peer("chat").accept("chat.v1");
        fixture.after(Duration.ofMinutes(1));
        for (int i = 1; i <= 20; i++) {
            fixture.driver.peer("chat").text("t" + i);
        }
        fixture.after(Duration.ofMinutes(1));

        long missing = fixture.seen(IngressEvent.Gap.class, "chat").stream()
                .mapToLong(IngressEvent.Gap::count)
                .sum();
        assertThat(missing).isEqualTo(15);
        assertThat(fixture.connection("chat").events().dropped().events()).isEqualTo(15);
        assertThat(fixture.told(Diagnostic.QueueOverflow.class)).hasSize(1);
    }

    @Test
    void close_is_sent_after_what_came_before_and_nothing_after_it() {
        InMemoryPeer peer = fixture.chat();
        fixture.commands.tryEmitNext(OutputCommand.sendText("chat", "bye"));
        fixture.commands.tryEmitNext(OutputCommand.close("chat", 4000, "done"));
        fixture.commands.tryEmitNext(OutputCommand.sendText("chat", "too late"));
        fixture.tick();

        assertThat(peer.sent()).containsExactly("bye");
        assertThat(peer.closeSent()).contains(new Frame.Close(4000, "done", Initiator.HOST));
        assertThat(fixture.seen(IngressEvent.Closed.class, "chat").get(0))
                .extracting(IngressEvent.Closed::code, IngressEvent.Closed::initiator)
                .containsExactly(4000, Initiator.HOST);
        assertThat(fixture.connection("chat").commands())
                .extracting(counts -> List.of(counts.sent(), counts.done(), counts.rejected()))
                .isEqualTo(List.of(1L, 1L, 1L));
    }

    @Test
    void a_close_by_the_peer_is_told_with_code_and_reason() {
        InMemoryPeer peer = fixture.chat();
        peer.close(4001, "go\u0007away");
        fixture.tick();

        assertThat(fixture.seen(IngressEvent.Closed.class, "chat").get(0))
                .extracting(IngressEvent.Closed::code, IngressEvent.Closed::reason, IngressEvent.Closed::initiator)
                .containsExactly(4001, "go\u0007away", Initiator.PEER);
        assertThat(fixture.connection("chat").lastError()).isEqualTo("closed with 4001 by PEER: go\\u0007away");
    }

    @Test
    @DisplayName("open dials a URI under the granted pattern, and no other")
    void open_dials_under_the_pattern() {
        fixture.start();
        assertThat(fixture.connection("shard").state()).isEqualTo(ConnectionState.DOWN);
        assertThat(fixture.seen(IngressEvent.ReconnectNeeded.class, "shard")).hasSize(1);

        fixture.issue(OutputCommand.reconnect("shard"));
        fixture.issue(OutputCommand.open("shard", "wss://evil.example.org/"));
        fixture.issue(OutputCommand.open("shard", "http://one.shards.example.com/"));
        assertThat(fixture.driver.dials())
                .noneMatch(peer -> peer.spec().connection().equals("shard"));

        fixture.issue(OutputCommand.open("shard", "wss://one.shards.example.com/gate"));
        InMemoryPeer peer = fixture.driver.peer("shard").accept();
        fixture.tick().issue(OutputCommand.sendText("shard", "hi"));

        assertThat(peer.spec().target().toString()).isEqualTo("wss://one.shards.example.com:443/gate");
        assertThat(peer.sent()).containsExactly("hi");
        assertThat(fixture.seen(IngressEvent.CommandRefused.class, "shard"))
                .extracting(IngressEvent.CommandRefused::rule)
                .containsExactly("target-not-declared", "target-not-declared", "uri-malformed");
    }

    @Test
    void a_reported_status_is_shown() {
        fixture.start();
        fixture.issue(OutputCommand.reportStatus(Health.DEGRADED, "no \nroom"));

        assertThat(fixture.status().reported()).hasToString("Optional[DEGRADED: no \\u000aroom]");
        assertThat(fixture.commandCounts().done()).isEqualTo(1);
        assertThat(fixture.told(Diagnostic.StatusReported.class)).hasSize(1);
    }

    @Test
    @DisplayName("R6: a binary frame is reported, counted, takes a sequence number, and closes its session with 1003")
    void a_binary_frame_closes_its_session() {
        InMemoryPeer peer = fixture.chat();
        peer.stall();
        fixture.issue(OutputCommand.sendText("chat", "was there first"));
        peer.ignoreClose().resume().binary(7).binary(8).close(1003, "");
        fixture.tick();

        assertThat(peer.sent()).containsExactly("was there first");
        assertThat(peer.closeSent()).contains(new Frame.Close(1003, "binary is not supported", Initiator.HOST));
        assertThat(fixture.told(Diagnostic.FrameRefused.class)).hasSize(1);
        assertThat(fixture.connection("chat").frames()).isEqualTo(new FrameCounts(3, 15, 2, 0, 0));
        assertThat(fixture.seen(IngressEvent.Closed.class, "chat"))
                .singleElement()
                .satisfies(closed -> assertThat(closed.sequence()).isEqualTo(4))
                .satisfies(closed -> assertThat(closed.code()).isEqualTo(1003))
                .satisfies(closed -> assertThat(closed.initiator()).isEqualTo(Initiator.HOST));
    }

    @Test
    @DisplayName("R6: by option a session outlives binary frames, which are told once a second")
    void a_binary_frame_is_passed_over_by_option() {
        String grants = HostFixture.GRANTS.replace("message-bytes: 64}", "message-bytes: 64, binary: ignore}");
        try (HostFixture lenient = new HostFixture(null, settings -> settings, grants)) {
            InMemoryPeer peer = lenient.chat();
            peer.binary(7).binary(7).ping().pong().text("after");
            lenient.after(Duration.ofSeconds(1));
            peer.binary(7);
            lenient.tick();

            assertThat(lenient.told(Diagnostic.FrameRefused.class)).hasSize(2);
            assertThat(lenient.connection("chat").frames()).isEqualTo(new FrameCounts(6, 26, 3, 1, 1));
            assertThat(lenient.seen(IngressEvent.Text.class, "chat"))
                    .singleElement()
                    .satisfies(text -> assertThat(text.sequence()).isEqualTo(4));
            assertThat(peer.closeSent()).isEmpty();
        }
    }

    @Test
    @DisplayName("invariant 2: with a stalled peer every command is decided, what was handed over as failed")
    void a_stalled_peer_leaves_no_command_undecided() {
        InMemoryPeer peer = fixture.chat();
        peer.stall();
        for (int i = 0; i < 300; i++) {
            fixture.commands
                    .tryEmitNext(OutputCommand.sendText("chat", "t" + i))
                    .orThrow();
        }
        fixture.tick();
        assertThat(fixture.commandCounts().inFlight())
                .isEqualTo(3 * HostSettings.defaults().commands().undecided() / 4);

        peer.breakConnection("cut");
        fixture.tick();
        assertThat(fixture.commandCounts().inFlight()).isZero();
        assertThat(fixture.commandCounts().conserved()).isTrue();
        assertThat(fixture.commandCounts().issued()).isEqualTo(300);
    }

    @Test
    @DisplayName("invariant 6: a peer that takes nothing does not keep a service from the others")
    void a_stalled_peer_does_not_hold_up_other_commands() {
        fixture.chat().stall();
        for (int i = 0; i < 300; i++) {
            fixture.commands
                    .tryEmitNext(OutputCommand.sendText("chat", "t" + i))
                    .orThrow();
        }
        fixture.issue(OutputCommand.reportStatus(Health.DEGRADED, "chat is slow"));
        fixture.issue(OutputCommand.open("shard", "wss://a.shards.example.com/x"));
        fixture.after(Duration.ofSeconds(1));

        assertThat(fixture.status().reported()).hasToString("Optional[DEGRADED: chat is slow]");
        assertThat(fixture.connection("shard").state()).isEqualTo(ConnectionState.CONNECTING);
        assertThat(fixture.commandCounts().refusedBy()).containsEntry(Rule.MAILBOX_FULL, 108L);
    }

    @Test
    void outcomes_are_seen_in_order() {
        List<Result> results = new ArrayList<>();
        fixture.chat();
        requireNonNull(fixture.context).outcomes().map(CommandOutcome::result).subscribe(results::add);

        fixture.issue(OutputCommand.sendText("chat", "a"));
        fixture.issue(OutputCommand.sendText("feed", "b"));
        fixture.issue(OutputCommand.sendText("chat", "x".repeat(65)));
        fixture.issue(OutputCommand.close("chat", 1000, ""));

        assertThat(results).containsExactly(Result.SENT, Result.DENIED, Result.REJECTED, Result.DONE);
    }

    @Test
    void the_context_says_who_and_what() {
        fixture.start();
        assertThat(fixture.context)
                .extracting(
                        context -> context.plugin(),
                        context -> context.service(),
                        context -> context.incarnation(),
                        context -> context.settings().get("room"))
                .containsExactly("test.plugin", "bridge", 1L, "lobby");
        requireNonNull(fixture.context).scheduler().dispose();
        assertThat(fixture.time.isDisposed()).isFalse();
    }

    @Test
    @DisplayName("invariant 8: the query of a target is nowhere to be seen")
    void no_query_in_sight() {
        fixture.chat().close(4001, "x");
        fixture.tick();
        assertThat(fixture.host.history().toString() + fixture.host.status() + fixture.seen)
                .doesNotContain("secret");
    }
}
