package io.headgate.host.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** Invariant 1, attacked by a plugin that wants a text out which it may not send. */
final class SendingAttacksTest {

    private static final String NO_SEND = Attacked.GRANTS.replace(
            "{target: \"wss://chat.example.com/v1\", access: [subscribe, send]",
            "{target: \"wss://chat.example.com/v1\", access: [subscribe]");

    private Attacked host = new Attacked();

    @AfterEach
    void stop() {
        host.close();
    }

    private static void assertRefused(CommandOutcome outcome, Result result, String rule) {
        assertThat(outcome.result()).isEqualTo(result);
        assertThat(outcome.rule()).isEqualTo(rule);
    }

    @Test
    @DisplayName("Carry a text out in the reason of a Close, where only subscribe is granted")
    void aTextInTheReasonOfAClose() {
        InMemoryPeer peer = host.accepted("feed");
        assertRefused(host.outcomeOf(OutputCommand.close("feed", 1000, "stolen")), Result.DENIED, "send-not-granted");
        assertThat(peer.closeSent()).isEmpty();

        assertThat(host.outcomeOf(OutputCommand.close("feed", 1000, "")).result())
                .isEqualTo(Result.DONE);
        assertThat(peer.closeSent())
                .hasValueSatisfying(close -> assertThat(close.reason()).isEmpty());
    }

    @Test
    @DisplayName("Let a Close with a text as its reason wait behind a stalled peer until send is taken")
    void aReasonThatWaits() {
        InMemoryPeer peer = host.accepted("chat");
        peer.stall();
        host.issue(OutputCommand.close("chat", 4000, "stolen"));
        host.grant(NO_SEND);
        assertThat(host.acknowledged).isTrue();
        peer.resume();
        host.tick();

        assertThat(peer.closeSent()).isEmpty();
        assertThat(host.outcomes)
                .singleElement()
                .satisfies(outcome -> assertRefused(outcome, Result.DENIED, "send-not-granted"));
    }

    @Test
    @DisplayName("Send on one connection with the epoch of another one's session")
    void theEpochOfAnotherConnection() {
        host.accepted("chat").end();
        host.tick();
        host.issue(OutputCommand.reconnect("chat"));
        host.accepted("chat");
        InMemoryPeer shard = host.shard("wss://a.shards.example.com/");
        long other = host.connection("chat").epoch();

        assertThat(other).isEqualTo(2);
        assertRefused(
                host.outcomeOf(new OutputCommand.SendText("", "shard", other, "x")), Result.REJECTED, "stale-epoch");
        assertThat(shard.sent()).isEmpty();
    }

    @Test
    @DisplayName("Send to a session that is yet to come, so that it waits for one with more rights")
    void theEpochOfTheNextSession() {
        InMemoryPeer first = host.shard("wss://a.shards.example.com/");
        assertRefused(
                host.outcomeOf(new OutputCommand.SendText("", "shard", 2, "early")), Result.REJECTED, "stale-epoch");
        first.end();
        host.tick();
        assertThat(host.shard("wss://b.shards.example.com/").sent()).isEmpty();
    }

    @Test
    @DisplayName("Send with the least and the largest epoch there is")
    void epochsAtTheEnds() {
        InMemoryPeer peer = host.accepted("chat");
        for (long epoch : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}) {
            CommandOutcome outcome = host.outcomeOf(new OutputCommand.SendText("", "chat", epoch, "x"));
            assertRefused(outcome, Result.REJECTED, "stale-epoch");
            assertThat(outcome.epoch()).isNotNegative();
        }
        assertThat(peer.sent()).isEmpty();
    }

    @Test
    @DisplayName("Send before the peer has accepted, so that it leaves with the first write")
    void beforeTheSessionIsOpen() {
        assertRefused(host.outcomeOf(OutputCommand.sendText("chat", "early")), Result.REJECTED, "session-not-open");
        assertThat(host.accepted("chat").sent()).isEmpty();
    }

    @Test
    @DisplayName("Reconnect twice in one breath for two sockets of one connection")
    void twoDialsOfOneConnection() {
        host.accepted("chat").end();
        host.tick();
        host.output.tryEmitNext(OutputCommand.reconnect("chat")).orThrow();
        host.output
                .tryEmitNext(OutputCommand.open("chat", "wss://chat.example.com/v1"))
                .orThrow();
        host.tick();

        assertThat(host.dials("chat")).isEqualTo(2);
        assertThat(host.outcomes).extracting(CommandOutcome::rule).containsExactly("", "already-connected");
        assertThat(host.driver.peer("chat").spec().target().query()).isEqualTo("key=canary-query");
    }

    @Test
    @DisplayName("Emit on after the cancel, by a publisher of one's own that takes no notice of it")
    void outputAfterTheCancel() {
        List<CoreSubscriber<? super OutputCommand>> kept = new CopyOnWriteArrayList<>();
        host.close();
        host = new Attacked((events, context) -> Flux.merge(events.thenMany(Flux.empty()), new Deaf(kept)));
        InMemoryPeer peer = host.accepted("chat");
        kept.get(0).onNext(OutputCommand.sendText("chat", "while it lives"));
        host.tick();
        host.host.stop(Duration.ZERO).subscribe();
        for (int n = 0; n < 50; n++) {
            kept.get(0).onNext(OutputCommand.sendText("chat", "late"));
            kept.get(0).onNext(OutputCommand.reconnect("chat"));
        }
        host.after(Duration.ofMinutes(1));
        kept.get(0).onNext(OutputCommand.sendText("chat", "later still"));

        assertThat(peer.sent()).containsExactly("while it lives");
        assertThat(host.dials("chat")).isEqualTo(1);
        assertThat(host.status().commands().inFlight()).isZero();
    }

    /** Hears neither cancel nor demand. */
    private static final class Deaf extends Flux<OutputCommand> {

        private final List<CoreSubscriber<? super OutputCommand>> kept;

        Deaf(List<CoreSubscriber<? super OutputCommand>> kept) {
            this.kept = kept;
        }

        @Override
        public void subscribe(CoreSubscriber<? super OutputCommand> host) {
            kept.add(host);
            host.onSubscribe(new Subscription() {
                @Override
                public void request(long more) {}

                @Override
                public void cancel() {}
            });
        }
    }
}
