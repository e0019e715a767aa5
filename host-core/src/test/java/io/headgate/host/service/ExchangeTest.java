package io.headgate.host.service;

import static io.headgate.host.service.ExchangeFixture.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Rule;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.exchange.ExchangeCounts;
import io.headgate.host.service.ExchangeFixture.Outcome;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.PullException.Reason;
import io.headgate.plugin.PullWebSocket;
import io.headgate.plugin.PulledText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** R9: what one bounded exchange does, and who may open it. {@link ExchangeBoundsTest} has the bounds, {@link ExchangeEndsTest} the ends. */
@Timeout(60)
final class ExchangeTest {

    @Test
    @DisplayName("R9: a text goes out, the answer is pulled, and none of it is an event")
    void a_ticket_is_asked_for_and_pulled() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            Outcome<PullWebSocket> asked = fixture.exchange("login");
            InMemoryPeer peer = fixture.peer("login").accept("ticket.v1");
            fixture.tick();
            PullWebSocket exchange = asked.value();
            Outcome<Void> sent = fixture.ask(exchange.sendText("who am I?"));
            Outcome<PulledText> answer = fixture.recv(exchange);
            assertThat(answer.isPending()).isTrue();
            peer.text("Frühling");
            fixture.tick();

            assertThat(exchange.subprotocol()).isEqualTo("ticket.v1");
            assertThat(peer.spec().target().query()).isEqualTo("key=secret");
            assertThat(peer.spec().subprotocols()).containsExactly("ticket.v1");
            assertThat(peer.sent()).containsExactly("who am I?");
            assertThat(sent.completed).isTrue();
            assertThat(answer.value()).isEqualTo(new PulledText("Frühling", 9, 0));
            assertThat(answer.completed).isTrue();

            Outcome<Void> closed = fixture.ask(exchange.close());
            assertThat(closed.completed).isTrue();
            assertThat(peer.closeSent().orElseThrow().code()).isEqualTo(1000);
            assertThat(fixture.seen).isEmpty();
            assertThat(fixture.counts()).isEqualTo(new ExchangeCounts(1, 0, 1, 0, 0, 0, 1, 9, 0, 1, 9, 0));
        }
    }

    @Test
    @DisplayName("R9: a connection for exchanges only is not dialled by the host, has no state, and is no failure")
    void exchange_only_is_not_dialled() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            fixture.after(Duration.ofMinutes(1));

            assertThat(fixture.dialled()).doesNotContain("login", "ungranted", "shard");
            assertThat(fixture.status().connections())
                    .extracting(ConnectionStatus::connection)
                    .containsExactly("both", "unasked");
            assertThat(fixture.told(Diagnostic.ConnectionChanged.class))
                    .noneMatch(change -> change.state() == ConnectionState.DENIED);
            assertThat(fixture.seen).noneMatch(event -> event.connection().equals("login"));
        }
    }

    @Test
    @DisplayName("R9: beside the long-lived session of the same connection, as a socket of its own")
    void beside_a_session() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            InMemoryPeer session = fixture.peer("both").accept();
            fixture.tick();
            PullWebSocket exchange = fixture.open("both");
            fixture.ask(exchange.sendText("mine"));
            fixture.peer("both").text("for the exchange");
            session.text("for the service");
            Outcome<PulledText> pulled = fixture.recv(exchange);
            fixture.ask(exchange.close());

            assertThat(pulled.value().text()).isEqualTo("for the exchange");
            assertThat(session.sent()).isEmpty();
            assertThat(session.isGone()).isFalse();
            assertThat(fixture.seen.stream()
                            .filter(IngressEvent.Text.class::isInstance)
                            .map(event -> ((IngressEvent.Text) event).text()))
                    .containsExactly("for the service");
            assertThat(fixture.status().events().received().events()).isEqualTo(1);
            assertThat(fixture.status().commands().issued()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere, connection-not-declared",
        "unasked, access-not-declared",
        "ungranted, exchange-not-granted",
        "shard, target-not-declared"
    })
    @DisplayName("invariant 1: what manifest and grant do not both give is refused, and nothing is dialled")
    void without_authority_nothing_is_dialled(String connection, String rule) {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            List<String> before = fixture.dialled();
            Outcome<PullWebSocket> asked = fixture.exchange(connection);

            assertThat(asked.refusal().reason()).isEqualTo(Reason.REFUSED);
            assertThat(asked.refusal().rule()).isEqualTo(rule);
            assertThat(asked.refusal()).hasMessageStartingWith(rule + ": ").hasMessageContaining("; ");
            assertThat(fixture.dialled()).isEqualTo(before);
            assertThat(fixture.counts().refused()).isEqualTo(1);
            assertThat(fixture.told(Diagnostic.ExchangeRefused.class))
                    .extracting(Diagnostic.ExchangeRefused::rule)
                    .containsExactly(rule);
        }
    }

    @Test
    @DisplayName("invariant 1: what is revoked while it waits to be written does not leave")
    void a_revoked_text_does_not_leave() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            InMemoryPeer peer = fixture.peer("login").stall();
            Outcome<Void> waits = fixture.ask(exchange.sendText("too late"));
            fixture.revoked = true;
            peer.resume();
            fixture.tick();

            assertThat(waits.refusal().rule()).isEqualTo("plugin-not-granted");
            assertThat(peer.sent()).isEmpty();
            assertThat(fixture.counts().unsent()).isEqualTo(1);
            assertThat(fixture.exchange("login").refusal().rule()).isEqualTo("plugin-not-granted");
        }
    }

    @Test
    @DisplayName("invariant 1: an exchange that is no longer granted is cut off, and what waits in it is refused")
    void a_change_of_grants_cuts_it_off() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            InMemoryPeer peer = fixture.peer("login").stall();
            Outcome<Void> waits = fixture.ask(exchange.sendText("too late"));
            Outcome<PulledText> pull = fixture.recv(exchange);
            Outcome<Void> acknowledged = fixture.ask(fixture.host.grants(new GrantFile(List.of())));

            assertThat(acknowledged.completed).isTrue();
            assertThat(peer.isGone()).isTrue();
            assertThat(waits.isPending()).isFalse();
            assertThat(pull.refusal().getMessage()).startsWith("it is no longer allowed: plugin-not-granted");
            assertThat(fixture.counts().open()).isZero();
            assertThat(fixture.exchange("login").refusal().rule()).isEqualTo("plugin-not-granted");
            peer.resume();
            assertThat(peer.sent()).isEmpty();
        }
    }

    @Test
    void a_change_of_grants_waits_for_what_an_exchange_has_handed_over() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            InMemoryPeer peer = fixture.peer("login").lag();
            Outcome<Void> handedOver = fixture.ask(exchange.sendText("handed over"));
            Outcome<Void> acknowledged = fixture.ask(fixture.host.grants(new GrantFile(List.of())));

            assertThat(acknowledged.completed).isTrue();
            assertThat(handedOver.refusal().getMessage()).startsWith("the text may have left: ");
            peer.resume();
            assertThat(peer.sent()).isEmpty();
        }
    }

    @Test
    void on_other_addresses_an_exchange_ends() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            fixture.open("login");
            fixture.open("both");
            Outcome<Void> acknowledged = fixture.ask(fixture.host.grants(fixture.grantsOnLoopback("login")));

            assertThat(acknowledged.completed).isTrue();
            assertThat(fixture.peer("login").isGone()).isTrue();
            assertThat(fixture.peer("both").isGone()).isFalse();
        }
    }

    @Test
    void a_change_of_grants_gives_up_a_dial_of_an_exchange_and_leaves_the_others_alone() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket other = fixture.open("both");
            Outcome<PullWebSocket> dialling = fixture.exchange("login");
            Outcome<Void> acknowledged = fixture.ask(fixture.host.grants(fixture.grantsWithout("login")));

            assertThat(acknowledged.completed).isTrue();
            assertThat(fixture.peer("login").isGone()).isTrue();
            assertThat(dialling.refusal().getMessage()).startsWith("it is no longer allowed: target-not-granted");
            fixture.ask(other.sendText("still mine"));
            assertThat(fixture.peer("both").sent()).containsExactly("still mine");
        }
    }

    @Test
    void no_answer_in_time_is_an_empty_result_and_the_exchange_goes_on() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            Outcome<PulledText> none = fixture.recv(exchange);
            fixture.after(WAIT.minusMillis(1));
            assertThat(none.isPending()).isTrue();
            fixture.after(Duration.ofMillis(1));
            assertThat(none.completed).isTrue();
            assertThat(none.values).isEmpty();

            fixture.peer("login").text("late");
            assertThat(fixture.recv(exchange).value().text()).isEqualTo("late");
            assertThat(fixture.ask(exchange.recv(Duration.ZERO)).completed).isTrue();
            assertThat(fixture.counts().timeouts()).isEqualTo(2);
            assertThatThrownBy(() -> exchange.recv(Duration.ofMillis(-1)))
                    .hasMessage("timeout must be at least 0, is PT-0.001S");
        }
    }

    @Test
    void a_second_recv_is_refused_and_the_first_is_not_touched() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            Outcome<PulledText> first = fixture.recv(exchange);
            Outcome<PulledText> second = fixture.recv(exchange);
            fixture.peer("login").text("one");
            fixture.tick();

            assertThat(second.refusal().reason()).isEqualTo(Reason.BUSY);
            assertThat(first.value().text()).isEqualTo("one");
        }
    }

    @Test
    void the_next_recv_may_be_subscribed_to_inside_the_signal_of_the_last() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            Mono<String> both = exchange.recv(WAIT)
                    .flatMap(first -> exchange.recv(WAIT).map(second -> first.text() + second.text()));
            Outcome<String> outcome = fixture.ask(both);
            fixture.peer("login").text("a").text("b").text("c");
            fixture.tick();

            assertThat(outcome.value()).isEqualTo("ab");
            assertThat(fixture.recv(exchange).value().text()).isEqualTo("c");
        }
    }

    @Test
    void a_recv_that_is_cancelled_loses_nothing_whenever_it_is() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            fixture.recv(exchange).cancel();
            Outcome<PulledText> rung = fixture.recv(exchange);
            fixture.hold();
            fixture.peer("login").text("one");
            // The bell has rung, and the hop to the service's thread is under way.
            rung.cancel();
            fixture.letGo();

            assertThat(rung.values).isEmpty();
            assertThat(fixture.recv(exchange).value().text()).isEqualTo("one");
        }
    }

    @Test
    void a_recv_without_demand_takes_nothing() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            fixture.peer("login").text("one");
            BaseSubscriber<PulledText> idle = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {}
            };
            exchange.recv(WAIT).subscribe(idle);
            fixture.tick();
            idle.cancel();

            assertThat(fixture.recv(exchange).value().text()).isEqualTo("one");
        }
    }

    @Test
    void a_text_that_is_taken_back_before_it_is_handed_over_does_not_leave() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            InMemoryPeer peer = fixture.peer("login").stall();
            Outcome<Void> first = fixture.ask(exchange.sendText("first"));
            Outcome<Void> second = fixture.ask(exchange.sendText("second"));
            first.cancel();
            peer.resume();
            fixture.tick();

            assertThat(peer.sent()).containsExactly("second");
            assertThat(second.completed).isTrue();
        }
    }

    @Test
    void commands_for_a_connection_of_exchanges_are_refused() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            fixture.open("login");
            fixture.output.tryEmitNext(OutputCommand.sendText("login", "x")).orThrow();
            fixture.tick();

            assertThat(fixture.peer("login").sent()).isEmpty();
            assertThat(fixture.status().commands().refusedBy())
                    .containsExactly(Map.entry(Rule.CONNECTION_NOT_DECLARED, 1L));
        }
    }

    @Test
    @DisplayName("invariant 8: neither text nor query in what is told")
    void no_secret_in_sight() {
        try (ExchangeFixture fixture = new ExchangeFixture(exchanges -> exchanges.withTexts(1))) {
            PullWebSocket exchange = fixture.open("login");
            fixture.ask(exchange.sendText("password"));
            Outcome<Void> refused = fixture.ask(exchange.sendText("password"));
            fixture.peer("login").text("password").text("password");
            fixture.tick();
            Outcome<PulledText> pulled = fixture.recv(exchange);

            assertThat(pulled.value().toString()).isEqualTo("PulledText[8 bytes, received at 0]");
            assertThat(refused.refusal().getMessage() + fixture.host.history() + fixture.host.status() + exchange)
                    .doesNotContain("password")
                    .doesNotContain("secret");
        }
    }
}
