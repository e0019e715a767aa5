package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.Grant;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Limits;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.exchange.ExchangeSettings;
import io.headgate.host.service.ExchangeFixture.Outcome;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.PullException.Reason;
import io.headgate.plugin.PullWebSocket;
import io.headgate.plugin.PulledText;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** R9, R10: each bound of an exchange bites where it is documented, and is counted there. */
@Timeout(60)
final class ExchangeBoundsTest {

    @Test
    void the_fifth_at_once_is_refused_and_not_queued() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            // A dial under way takes a place too.
            fixture.exchange("login");
            List<PullWebSocket> three =
                    IntStream.range(0, 3).mapToObj(i -> fixture.open("both")).toList();
            int dials = fixture.driver.dials().size();
            Outcome<PullWebSocket> fifth = fixture.exchange("both");

            assertThat(fifth.refusal().rule()).isEqualTo("too-many-exchanges");
            assertThat(fifth.refusal().getMessage()).contains("4 exchanges of the service are open");
            assertThat(fixture.driver.dials()).hasSize(dials);
            assertThat(fixture.counts().open()).isEqualTo(4);
            assertThat(fixture.counts().refused()).isEqualTo(1);

            fixture.ask(three.get(0).close());
            fixture.open("both");
            assertThat(fixture.counts().open()).isEqualTo(4);
        }
    }

    @Test
    void a_place_is_taken_until_the_socket_is_gone() {
        try (ExchangeFixture fixture = new ExchangeFixture(exchanges -> exchanges.withAtOnce(1))) {
            PullWebSocket exchange = fixture.open("login");
            fixture.peer("login").ignoreClose();
            Outcome<Void> closed = fixture.ask(exchange.close());
            assertThat(closed.isPending()).isTrue();
            assertThat(fixture.exchange("login").refusal().rule()).isEqualTo("too-many-exchanges");

            fixture.after(HostSettings.defaults().closeTimeout());
            assertThat(closed.completed).isTrue();
            assertThat(fixture.counts().closed()).isEqualTo(1);
            fixture.open("login");
        }
    }

    @Test
    void its_life_is_over_after_a_minute_from_when_it_opened() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            Outcome<PullWebSocket> asked = fixture.exchange("login");
            fixture.after(Duration.ofSeconds(9));
            InMemoryPeer peer = fixture.peer("login").accept();
            fixture.tick();
            PullWebSocket exchange = asked.value();
            peer.text("unread");
            fixture.after(Duration.ofMillis(59_999));
            assertThat(peer.closeSent()).isEmpty();
            assertThat(fixture.recv(exchange).value().text()).isEqualTo("unread");
            peer.text("late");
            Outcome<PulledText> none = fixture.ask(exchange.recv(Duration.ZERO));
            assertThat(none.value().text()).isEqualTo("late");
            Outcome<PulledText> waits = fixture.recv(exchange);
            fixture.after(Duration.ofMillis(1));

            assertThat(peer.closeSent().orElseThrow().code()).isEqualTo(1001);
            assertThat(waits.refusal().reason()).isEqualTo(Reason.EXPIRED);
            assertThat(waits.refusal().closeCode()).isEqualTo(1001);
            assertThat(waits.refusal()).hasMessageContaining("60000 ms").hasMessageContaining("declare a connection");
            assertThat(fixture.ask(exchange.sendText("x")).refusal().reason()).isEqualTo(Reason.EXPIRED);
            assertThat(fixture.counts().expired()).isEqualTo(1);
            assertThat(fixture.counts().open()).isZero();
            assertThat(fixture.told(Diagnostic.ExchangeFailed.class)).hasSize(1);
        }
    }

    @Test
    void a_peer_that_ignores_the_end_of_its_life_is_cut_off() {
        try (ExchangeFixture fixture = new ExchangeFixture(exchanges -> exchanges.withLife(Duration.ofSeconds(2)))) {
            fixture.open("login");
            InMemoryPeer peer = fixture.peer("login").ignoreClose();
            fixture.after(Duration.ofSeconds(7));

            assertThat(peer.isGone()).isTrue();
            assertThat(fixture.counts().open()).isZero();
        }
    }

    @Test
    void the_sixty_fifth_text_is_refused_and_does_not_leave() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            Outcome<Void> all = fixture.ask(
                    Flux.range(1, 64).concatMap(n -> exchange.sendText("t" + n)).then());
            Outcome<Void> more = fixture.ask(exchange.sendText("more"));

            assertThat(all.completed).isTrue();
            assertThat(more.refusal().rule()).isEqualTo("exchange-used-up");
            assertThat(fixture.peer("login").sent()).hasSize(64).last().isEqualTo("t64");
            assertThat(fixture.counts().sent()).isEqualTo(64);
            assertThat(fixture.counts().unsent()).isEqualTo(1);
        }
    }

    @Test
    void a_peer_that_sends_more_than_its_texts_is_closed_with_1008() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            InMemoryPeer peer = fixture.peer("login");
            for (int n = 1; n <= 70; n++) {
                peer.text("t" + n);
            }
            fixture.tick();

            assertThat(peer.closeSent().orElseThrow().code()).isEqualTo(1008);
            for (int n = 1; n <= 64; n++) {
                assertThat(fixture.recv(exchange).value().text()).isEqualTo("t" + n);
            }
            Outcome<PulledText> end = fixture.recv(exchange);
            assertThat(end.refusal().reason()).isEqualTo(Reason.FAILED);
            assertThat(end.refusal().closeCode()).isEqualTo(1008);
            assertThat(end.refusal()).hasMessageContaining("64 texts");
            assertThat(fixture.counts().failed()).isEqualTo(1);
        }
    }

    @Test
    void the_bytes_that_wait_are_bounded_to_the_byte() {
        try (ExchangeFixture fixture = new ExchangeFixture(exchanges -> exchanges.withWaitingBytes(100))) {
            PullWebSocket exchange = fixture.open("login");
            InMemoryPeer peer = fixture.peer("login");
            peer.text("x".repeat(60)).text("y".repeat(40));
            fixture.tick();
            assertThat(peer.closeSent()).isEmpty();
            fixture.recv(exchange);
            peer.text("z".repeat(60));
            assertThat(peer.closeSent()).isEmpty();
            peer.text("!");

            assertThat(peer.closeSent().orElseThrow().code()).isEqualTo(1008);
            assertThat(fixture.counts().received()).isEqualTo(4);
        }
    }

    @Test
    void the_bytes_that_wait_to_be_written_are_bounded() {
        try (ExchangeFixture fixture = new ExchangeFixture(exchanges -> exchanges.withWaitingBytes(100))) {
            PullWebSocket exchange = fixture.open("login");
            InMemoryPeer peer = fixture.peer("login").stall();
            Outcome<Void> one = fixture.ask(exchange.sendText("x".repeat(60)));
            Outcome<Void> two = fixture.ask(exchange.sendText("y".repeat(40)));
            Outcome<Void> three = fixture.ask(exchange.sendText("!"));
            assertThat(three.refusal().rule()).isEqualTo("mailbox-full");
            peer.resume();
            fixture.tick();
            Outcome<Void> four = fixture.ask(exchange.sendText("?".repeat(64)));

            assertThat(one.completed && two.completed && four.completed).isTrue();
            assertThat(peer.sent()).hasSize(3);
        }
    }

    @Test
    void a_text_beyond_the_largest_message_or_malformed_is_refused() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");

            assertThat(fixture.ask(exchange.sendText("x".repeat(65))).refusal().rule())
                    .isEqualTo("text-too-large");
            assertThat(fixture.ask(exchange.sendText("\ud800")).refusal().rule())
                    .isEqualTo("text-malformed");
            assertThat(fixture.peer("login").sent()).isEmpty();
        }
    }

    @Test
    void a_larger_message_of_the_peers_is_closed_with_1009() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            InMemoryPeer peer = fixture.peer("login").text("x".repeat(65));
            fixture.tick();

            assertThat(peer.closeSent().orElseThrow().code()).isEqualTo(1009);
            assertThat(fixture.recv(exchange).refusal().reason()).isEqualTo(Reason.FAILED);
        }
    }

    @Test
    void binary_is_told_closed_with_1003_and_no_event() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            PullWebSocket exchange = fixture.open("login");
            InMemoryPeer peer = fixture.peer("login").binary(7).text("after");
            fixture.tick();

            assertThat(peer.closeSent().orElseThrow().code()).isEqualTo(1003);
            assertThat(fixture.recv(exchange).refusal().closeCode()).isEqualTo(1003);
            assertThat(fixture.told(Diagnostic.FrameRefused.class))
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.bytes()).isEqualTo(7));
            assertThat(fixture.seen).isEmpty();
        }
    }

    @Test
    void a_dial_that_is_not_answered_fails_at_the_hosts_timeout() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            Outcome<PullWebSocket> asked = fixture.exchange("login");
            fixture.after(HostSettings.defaults().dial().upgrade());

            assertThat(asked.refusal().reason()).isEqualTo(Reason.DIAL_FAILED);
            assertThat(fixture.counts().failed()).isEqualTo(1);
            assertThat(fixture.counts().open()).isZero();
        }
    }

    @Test
    void a_flood_of_refusals_is_counted_and_told_once_a_second() {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            for (int n = 0; n < 100; n++) {
                fixture.exchange("x".repeat(1_000) + n);
            }
            assertThat(fixture.told(Diagnostic.ExchangeRefused.class))
                    .singleElement()
                    .satisfies(told -> assertThat(told.toString()).hasSizeLessThan(1_500));
            fixture.after(Duration.ofSeconds(1)).exchange("vault");

            assertThat(fixture.told(Diagnostic.ExchangeRefused.class)).hasSize(2);
            assertThat(fixture.counts().refused()).isEqualTo(101);
        }
    }

    @Test
    void settings_out_of_bounds_are_refused_with_their_value() {
        ExchangeSettings defaults = ExchangeSettings.defaults();

        assertThat(defaults).isEqualTo(new ExchangeSettings(4, Duration.ofSeconds(60), 64, 4_194_304));
        assertThatThrownBy(() -> defaults.withAtOnce(65)).hasMessage("atOnce must be at least 1 and at most 64, is 65");
        assertThatThrownBy(() -> defaults.withTexts(0)).hasMessage("texts must be at least 1 and at most 1024, is 0");
        assertThatThrownBy(() -> defaults.withLife(Duration.ofMinutes(11)))
                .hasMessage("life must be positive and at most 10 minutes, is PT11M");
        assertThatThrownBy(() -> defaults.withWaitingBytes(0)).hasMessage("waitingBytes must be at least 1, is 0");
    }

    @Test
    void a_host_whose_exchanges_could_not_hold_the_largest_message_is_not_built() {
        assertThatThrownBy(() -> host("exchange").build())
                .hasMessage(
                        "limits.message-bytes in the grant of p is 1048576, the host's exchanges hold 1048575 bytes:"
                                + " lower it, or raise ExchangeSettings.withWaitingBytes");
        assertThat(host("subscribe").build()).isNotNull();
    }

    private static PluginHostBuilder host(String access) {
        String manifest =
                "version: 1\nid: p\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n    connections:\n"
                        + "      - {name: c, target: \"wss://c.example.com\", access: [" + access + "]}\n";
        return PluginHost.builder()
                .driver(InMemoryDriver.on(Schedulers.immediate()))
                .grants(new GrantFile(List.of(Grant.of("p").withLimits(Limits.defaults()))))
                .plugin(Manifest.parse("plugin.yaml", manifest), (events, context) -> Flux.never())
                .settings(
                        HostSettings.defaults().withExchanges(exchanges -> exchanges.withWaitingBytes((1 << 20) - 1)));
    }
}
