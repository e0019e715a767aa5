package io.headgate.host.service;

import static io.headgate.host.service.ExchangeFixture.WAIT;
import static io.headgate.host.service.ExchangeFixture.asked;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.service.ExchangeFixture.Outcome;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.PullException.Reason;
import io.headgate.plugin.PullWebSocket;
import io.headgate.plugin.PulledText;
import io.headgate.plugin.ServiceContext;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** R9: each way an exchange ends, what the plugin is told of it, and that nothing is left (invariant 7). */
@Timeout(60)
final class ExchangeEndsTest {

    @Test
    void what_arrived_before_the_peers_close_is_given_first_and_then_its_code() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            fixture.peer("login").text("last words").close(4001, "enough\n");
            fixture.tick();

            assertThat(fixture.recv(exchange).value().text()).isEqualTo("last words");
            Outcome<PulledText> end = fixture.recv(exchange);
            assertThat(end.refusal().reason()).isEqualTo(Reason.CLOSED);
            assertThat(end.refusal().closeCode()).isEqualTo(4001);
            assertThat(end.refusal()).hasMessage("closed with 4001 by PEER: enough\\u000a");
            assertThat(fixture.recv(exchange).refusal().closeCode()).isEqualTo(4001);
            assertThat(fixture.ask(exchange.sendText("x")).refusal().closeCode())
                    .isEqualTo(4001);
            assertThat(fixture.ask(exchange.close()).completed).isTrue();
            assertThat(fixture.counts().closed()).isEqualTo(1);
            assertThat(fixture.told(Diagnostic.ExchangeFailed.class)).isEmpty();
        }
    }

    @Test
    void a_recv_that_waits_is_told_of_the_peers_close() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            Outcome<PulledText> waits = fixture.recv(exchange);
            fixture.peer("login").close(1000, "");
            fixture.tick();

            assertThat(waits.refusal().closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void an_end_without_a_close_frame_and_a_reset_are_failures() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket ended = fixture.open("login");
            fixture.peer("login").text("a").end();
            PullWebSocket reset = fixture.open("both");
            Outcome<Void> onItsWay = sendStalled(fixture, reset);
            fixture.peer("both").reset();
            fixture.tick();

            assertThat(fixture.recv(ended).value().text()).isEqualTo("a");
            assertThat(fixture.recv(ended).refusal().closeCode()).isEqualTo(1006);
            assertThat(fixture.recv(reset).refusal().reason()).isEqualTo(Reason.FAILED);
            assertThat(onItsWay.refusal().reason()).isEqualTo(Reason.FAILED);
            assertThat(onItsWay.refusal()).hasMessageStartingWith("the text may have left");
            assertThat(fixture.counts().failed()).isEqualTo(2);
            assertThat(fixture.counts().unsent()).isEqualTo(1);
        }
    }

    private static Outcome<Void> sendStalled(ExchangeFixture fixture, PullWebSocket exchange) {
        fixture.peer("both").lag();
        return fixture.ask(exchange.sendText("on its way"));
    }

    @Test
    void the_plugins_close_stands_behind_its_texts_and_lets_go_of_what_waits() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            InMemoryPeer peer = fixture.peer("login").text("unread");
            Outcome<PulledText> waits = fixture.recv(exchange);
            assertThat(waits.value().text()).isEqualTo("unread");
            peer.text("never read");
            Outcome<Void> text = asked(exchange.sendText("bye"));
            Outcome<Void> first = asked(exchange.close());
            Outcome<Void> second = asked(exchange.close());
            fixture.tick();

            assertThat(peer.sent()).containsExactly("bye");
            assertThat(text.completed && first.completed && second.completed).isTrue();
            assertThat(fixture.recv(exchange).refusal().reason()).isEqualTo(Reason.CLOSED);
            assertThat(fixture.recv(exchange).refusal()).hasMessage("the plugin closed the exchange");
            assertThat(fixture.counts().closed()).isEqualTo(1);
        }
    }

    @Test
    void a_failed_dial_is_told_with_the_hosts_words_only() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            Outcome<PullWebSocket> asked = fixture.exchange("login");
            fixture.peer("login").refuse(403);
            fixture.tick();

            assertThat(asked.refusal().reason()).isEqualTo(Reason.DIAL_FAILED);
            assertThat(asked.refusal()).hasMessage("the peer answered 403");
            assertThat(fixture.told(Diagnostic.ExchangeFailed.class))
                    .extracting(Diagnostic::message)
                    .containsExactly("an exchange failed: the peer answered 403");
        }
    }

    @Test
    void a_dial_that_is_given_up_is_hung_up() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            Outcome<PullWebSocket> asked = fixture.exchange("login");
            asked.cancel();
            fixture.tick();

            assertThat(fixture.peer("login").isGone()).isTrue();
            assertThat(fixture.counts().closed()).isEqualTo(1);
            assertThat(fixture.counts().open()).isZero();
        }
    }

    @Test
    void one_that_is_given_up_while_it_is_handed_over_is_closed() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            Outcome<PullWebSocket> asked = fixture.exchange("login");
            fixture.hold();
            InMemoryPeer peer = fixture.peer("login").accept();
            // It is open, and the hop to the service's thread is under way.
            asked.cancel();
            fixture.letGo();

            assertThat(asked.values).isEmpty();
            assertThat(peer.closeSent().orElseThrow().code()).isEqualTo(1000);
            assertThat(fixture.counts().open()).isZero();
        }
    }

    @Test
    @DisplayName("invariant 1, 7: with its incarnation: closed, told, counted; a late text is refused")
    void with_the_incarnation() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            ServiceContext first = Objects.requireNonNull(fixture.context);
            PullWebSocket exchange = fixture.open("login");
            InMemoryPeer peer = fixture.peer("login").stall();
            Outcome<Void> waiting = fixture.ask(exchange.sendText("waits"));
            Outcome<PulledText> waits = fixture.recv(exchange);
            Outcome<PullWebSocket> dialling = fixture.exchange("both");
            fixture.output.tryEmitError(new IllegalStateException("over")).orThrow();
            fixture.tick();
            peer.resume();
            fixture.tick();

            assertThat(peer.closeSent().orElseThrow().code()).isEqualTo(1001);
            assertThat(peer.sent()).isEmpty();
            assertThat(waiting.refusal().reason()).isEqualTo(Reason.CLOSED);
            assertThat(waits.refusal().closeCode()).isEqualTo(1001);
            assertThat(waits.refusal()).hasMessage("the exchange ended with its incarnation of the service");
            assertThat(dialling.refusal().reason()).isEqualTo(Reason.CLOSED);
            assertThat(fixture.counts().closed()).isEqualTo(2);
            assertThat(fixture.counts().open()).isZero();

            assertThat(fixture.ask(exchange.sendText("late")).refusal().reason())
                    .isEqualTo(Reason.CLOSED);
            assertThat(fixture.ask(first.exchange("login")).refusal().rule()).isEqualTo("incarnation-ended");
            fixture.after(Duration.ofSeconds(1));
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RUNNING);
            assertThat(fixture.ask(first.exchange("login")).refusal().rule()).isEqualTo("incarnation-ended");
            fixture.open("login");
        }
    }

    @Test
    @DisplayName("nothing of an incarnation's exchanges is told beside the next one, however slow their sockets are")
    void all_is_told_before_the_next_incarnation() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket slow = fixture.open("login");
            fixture.peer("login").lag().ignoreClose();
            Outcome<Void> written = fixture.ask(slow.sendText("on its way"));
            Outcome<Void> closing = fixture.ask(slow.close());
            PullWebSocket stalled = fixture.open("both");
            fixture.peer("both").stall().ignoreClose();
            Outcome<Void> waiting = fixture.ask(stalled.sendText("waits"));
            fixture.output.tryEmitError(new IllegalStateException("over")).orThrow();
            fixture.after(Duration.ofSeconds(1));

            assertThat(fixture.status().state()).isEqualTo(ServiceState.RUNNING);
            assertThat(fixture.counts().open()).isEqualTo(2);
            assertThat(closing.completed).isTrue();
            assertThat(written.refusal()).hasMessageStartingWith("the text may have left");
            assertThat(waiting.refusal().reason()).isEqualTo(Reason.CLOSED);
            assertThat(fixture.ask(slow.close()).completed).isTrue();
            fixture.after(HostSettings.defaults().closeTimeout().plusSeconds(1));
            assertThat(fixture.counts().open()).isZero();
            assertThat(fixture.counts().unsent()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("invariant 7: a stop opens no more, lets what is open go on in the grace, and leaves nothing")
    void with_the_service() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            InMemoryPeer peer = fixture.peer("login").ignoreClose();
            // A dial under way has to go too.
            fixture.ask(Objects.requireNonNull(fixture.context).exchange("both"));
            Outcome<StopReport> stop = fixture.ask(fixture.host.stop(Duration.ofSeconds(3)));
            fixture.after(HostSettings.defaults().closeTimeout().minusMillis(1));
            assertThat(stop.isPending()).isTrue();
            fixture.after(Duration.ofMillis(1));

            assertThat(stop.value().zombies()).isEmpty();
            assertThat(peer.isGone()).isTrue();
            assertThat(fixture.peer("both").isGone()).isTrue();
            assertThat(fixture.counts().open()).isZero();
            assertThat(fixture.ask(exchange.recv(WAIT)).refusal().reason()).isEqualTo(Reason.CLOSED);
            assertThat(fixture.exchange("login").refusal().rule()).isEqualTo("service-stopping");
        }
    }

    @Test
    void a_stop_that_waits_for_the_output_refuses_new_ones_and_lets_old_ones_go_on() {
        try (ExchangeFixture fixture = new ExchangeFixture(exchanges -> exchanges, false)) {
            PullWebSocket exchange = fixture.open("login");
            fixture.ask(fixture.host.stop(Duration.ofSeconds(3)));

            assertThat(fixture.status().state()).isEqualTo(ServiceState.STOPPING);
            assertThat(fixture.exchange("login").refusal().rule()).isEqualTo("service-stopping");
            assertThat(fixture.ask(exchange.sendText("still")).completed).isTrue();
            fixture.after(Duration.ofSeconds(3));
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STOPPED);
            assertThat(fixture.counts().open()).isZero();
        }
    }
}
