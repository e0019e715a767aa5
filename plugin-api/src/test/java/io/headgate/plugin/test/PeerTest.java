package io.headgate.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** A peer in place of scripted events. */
final class PeerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<String> heard = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private PeerSession session;

    /** Greets, and remembers what it is told. */
    private final Peer peer = new Peer() {
        @Override
        public void opened(PeerSession opened) {
            session = opened;
            opened.send("hello " + opened.epoch());
        }

        @Override
        public void text(PeerSession from, String text) {
            heard.add(text);
        }

        @Override
        public void ended(PeerSession ended, int code) {
            ends.add(code);
        }
    };

    private static final ServicePlugin ECHO =
            (events, context) -> events.ofType(IngressEvent.Text.class).map(text -> text.reply(text.text()));

    /** What a plugin was told, by kind. */
    private static ServicePlugin told(List<String> kinds) {
        return (events, context) -> events.doOnNext(
                        event -> kinds.add(event.getClass().getSimpleName()))
                .thenMany(Flux.never());
    }

    @Test
    void textsReachThePeerAndAreNotToBeExpected() {
        try (PluginHarness harness = PluginHarness.of(ECHO).play("c", peer)) {
            session.send("again");
            assertThat(heard).containsExactly("hello 1", "again");
            harness.expectNothing();
            assertThat(harness.commands()).hasSize(2);
        }
    }

    @Test
    @DisplayName(
            "a session that ends is followed by the next one after 1, 2, 4 s and so on to 60, from 1 again behind a long one")
    void comesBack() {
        List<String> kinds = new ArrayList<>();
        try (PluginHarness harness = PluginHarness.of(told(kinds)).play("c", peer)) {
            List<Long> waits = new ArrayList<>();
            for (int end = 0; end < 9; end++) {
                waits.add(waitAfterCut(harness));
            }
            harness.advance(Duration.ofSeconds(60));
            waits.add(waitAfterCut(harness));
            assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 1L);
            assertThat(kinds.subList(0, 6)).containsExactly("Opened", "Text", "Closed", "Retrying", "Opened", "Text");
            assertThat(ends).containsOnly(1006).hasSize(10);
        }
    }

    private long waitAfterCut(PluginHarness harness) {
        long before = session.epoch();
        session.cut();
        long seconds = 0;
        for (; session.epoch() == before; seconds++) {
            harness.advance(SECOND);
        }
        return seconds;
    }

    @Test
    void aTimerOfASessionEndsWithIt() {
        try (PluginHarness harness = PluginHarness.of(told(new ArrayList<>())).play("c", peer)) {
            session.after(SECOND, () -> heard.add("early"));
            session.after(SECOND.multipliedBy(3), () -> heard.add("late"));
            PeerSession first = session;
            harness.advance(SECOND);
            first.close(4000, "bye");
            harness.advance(SECOND.multipliedBy(10));
            assertThat(heard).containsExactly("early");
            assertThat(first.after(SECOND, () -> heard.add("never")).isDisposed())
                    .isTrue();
        }
    }

    @Test
    @DisplayName("what a session that is over says reaches nobody, and what is said to it is refused as stale")
    void staleSessions() {
        List<IngressEvent> events = new ArrayList<>();
        ServicePlugin late = (flux, context) -> flux.doOnNext(events::add)
                .ofType(IngressEvent.Text.class)
                .delayElements(Duration.ofSeconds(10), context.scheduler())
                .map(text -> text.reply("late"));
        try (PluginHarness harness = PluginHarness.of(late).play("c", peer)) {
            PeerSession first = session;
            first.cut();
            first.send("from the grave");
            first.close(4000, "");
            harness.advance(Duration.ofSeconds(10));
            assertThat(heard).isEmpty();
            harness.advance(Duration.ofSeconds(10));
            assertThat(heard).as("of the second session").containsExactly("late");
            assertThat(events)
                    .filteredOn(IngressEvent.CommandRefused.class::isInstance)
                    .singleElement()
                    .satisfies(refused -> assertThat(((IngressEvent.CommandRefused) refused).rule())
                            .isEqualTo("stale-epoch"));
            assertThat(ends).containsExactly(1006);
        }
    }

    @Test
    @DisplayName("where the plugin has to ask, it is told so, and opens at a URI of its own")
    void whenAsked() {
        ServicePlugin opener = (events, context) -> events.ofType(IngressEvent.ReconnectNeeded.class)
                .map(needed -> OutputCommand.open(needed.connection(), "wss://example.com/" + needed.epoch()));
        try (PluginHarness harness = PluginHarness.of(opener).playWhenAsked("c", peer)) {
            assertThat(session.uri()).isEqualTo("wss://example.com/0");
            session.close(1000, "");
            assertThat(session.uri()).isEqualTo("wss://example.com/1");
            assertThat(session.epoch()).isEqualTo(2);
            harness.expectNothing();
        }
    }

    @Test
    void aCloseOfThePluginsEndsTheSession() {
        ServicePlugin closing = (events, context) -> events.ofType(IngressEvent.Text.class)
                .map(text -> new OutputCommand.Close("", text.connection(), text.epoch(), 4000, "enough"));
        try (PluginHarness harness = PluginHarness.of(closing).play("c", peer)) {
            assertThat(ends).containsExactly(4000);
            harness.advance(SECOND);
            assertThat(ends).containsExactly(4000, 4000);
        }
    }

    @Test
    @DisplayName("when the host stops, the plugin's last words reach the peer, and nothing is dialled any more")
    void stops() {
        ServicePlugin polite = (events, context) -> events.thenMany(Flux.just(
                OutputCommand.sendText("c", "bye"), OutputCommand.close("c", 1000, ""), OutputCommand.reconnect("c")));
        try (PluginHarness harness = PluginHarness.of(polite).play("c", peer)) {
            harness.complete().expectFinished();
            assertThat(heard).containsExactly("bye");
            assertThat(ends).containsExactly(1000);
            harness.advance(Duration.ofMinutes(5)).expectNothing();
            assertThat(session.epoch()).isOne();
        }
    }

    @Test
    @DisplayName("a rule that is broken fails the test with the rule, the time and what was said last")
    void violations() {
        PluginHarness harness = PluginHarness.of(ECHO).play("c", peer);
        harness.advance(Duration.ofMillis(1_500));
        session.violated("say nothing");
        assertThatThrownBy(harness::expectNothing)
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        the plugin broke a rule of c, in session 1 at 1.500 s: say nothing
                            0.000 s  opened
                            0.000 s  <- hello 1
                            0.000 s  -> hello 1""");
        harness.expectNothing().close();
    }

    @Test
    void aPeerThatFailsFailsTheTest() {
        Peer broken = new Peer() {
            @Override
            public void opened(PeerSession opened) {
                throw new IllegalStateException("oops");
            }

            @Override
            public void text(PeerSession from, String text) {}
        };
        try (PluginHarness harness = PluginHarness.of(ECHO)) {
            assertThatThrownBy(() -> harness.play("c", broken))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("a peer failed: java.lang.IllegalStateException: oops");
        }
    }

    @Test
    void aConnectionHasOnePeer() {
        try (PluginHarness harness = PluginHarness.of(ECHO).play("c", peer)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> harness.play("c", peer))
                    .withMessage("\"c\" has a peer already");
        }
    }

    @Test
    @DisplayName("a connection without a peer is scripted beside one that has one, and its commands are expected")
    void besideScriptedOnes() {
        ServicePlugin forwarding = (events, context) -> events.ofType(IngressEvent.Text.class)
                .map(text -> OutputCommand.sendText(text.connection().equals("c") ? "d" : "c", text.text()));
        try (PluginHarness harness = PluginHarness.of(forwarding).opened("d").play("c", peer)) {
            harness.expectSend("d", "hello 1").text("d", "over there").expectNothing();
            assertThat(heard).containsExactly("over there");
        }
    }

    @Test
    @DisplayName("more texts than may be undecided: what the peer has is decided")
    void decidedCommandsAreAskedForAgain() {
        try (PluginHarness harness = PluginHarness.of(ECHO).play("c", peer)) {
            for (int text = 0; text < 1_000; text++) {
                session.send("text");
            }
            assertThat(heard).hasSize(1_001);
            harness.expectNothing();
        }
    }

    @Test
    void expectationsByKind() {
        ServicePlugin talkative = (events, context) -> events.ofType(IngressEvent.Opened.class)
                .concatMap(opened -> Flux.just(
                        OutputCommand.sendText("c", "{\"op\":1}"),
                        OutputCommand.close("c", 4000, ""),
                        OutputCommand.reconnect("c"),
                        OutputCommand.open("c", "wss://example.com/"),
                        OutputCommand.reportStatus(Health.DEGRADED, "so so")));
        try (PluginHarness harness = PluginHarness.of(talkative).opened("c")) {
            assertThat(harness.expectSend("c")).contains("op");
            harness.expectClose("c", 4000)
                    .expectReconnect("c")
                    .expectOpen("c", "wss://example.com/")
                    .expectReport(Health.DEGRADED)
                    .expectNothing();
        }
        try (PluginHarness harness = PluginHarness.of(talkative).opened("c")) {
            assertThatThrownBy(() -> harness.expectClose("c", 4000))
                    .hasMessageStartingWith("expected close c with 4000\n but was send to c \"{\"op\":1}\"");
            assertThatThrownBy(() -> harness.expectSend("d")).hasMessageStartingWith("expected a text to d\n");
            assertThat(harness.commands()).hasSize(5);
        }
    }
}
