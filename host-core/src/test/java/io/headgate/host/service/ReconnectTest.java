package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** R1, R4, R7: the host dials again by itself. Without jitter, but where a test says so. */
@Timeout(120)
final class ReconnectTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String NOTHING = "version: 1\ngrants: []\n";
    private static final String BACKOFF = "{policy: backoff, first: 1s, max: 60s, stable-after: 60s}";

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final SetClock clock = new SetClock(time);
    private final InMemoryDriver driver = InMemoryDriver.on(time);
    private final List<Long> dialledAt = new ArrayList<>();
    private final List<IngressEvent> seen = new CopyOnWriteArrayList<>();
    private final List<CommandOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final Sinks.Many<OutputCommand> commands = Sinks.many().unicast().onBackpressureBuffer();
    private UnaryOperator<Flux<IngressEvent>> taking = events -> events;
    private DoubleSupplier random = () -> 0;
    private @Nullable PluginHost host;

    @AfterEach
    void stop() {
        if (host != null) {
            host.stop(Duration.ZERO).subscribe();
            time.advanceTimeBy(Duration.ofMinutes(1));
        }
        time.dispose();
    }

    @Test
    @DisplayName("24 h of a peer that refuses: each wait is twice the last one, up to the cap")
    void refusing() {
        start(BACKOFF, peer -> peer.refuse(503));

        // 1 + 2 + 4 + 8 + 16 + 32 s, then one a minute.
        assertThat(dials(DAY)).isEqualTo(1 + 6 + (int) ((DAY.toSeconds() - 63) / 60));
        assertThat(dialledAt.subList(0, 9))
                .containsExactly(0L, 1_000L, 3_000L, 7_000L, 15_000L, 31_000L, 63_000L, 123_000L, 183_000L);
        assertThat(status().state()).isEqualTo(ConnectionState.WAITING);
    }

    @Test
    @DisplayName("24 h of a peer that is dead: each dial lasts until its deadline")
    void dead() {
        start(BACKOFF, peer -> {});
        Duration deadline = deadlineOfADial();

        long cycle = deadline.plusSeconds(60).toMillis();
        long steady = Duration.ofSeconds(63).toMillis() + 6 * deadline.toMillis();
        assertThat(dials(DAY)).isEqualTo(1 + 6 + (int) ((DAY.toMillis() - steady) / cycle));
    }

    @Test
    @DisplayName("24 h of a peer that closes each session after half the stable period: it is no success")
    void flapping() {
        start(BACKOFF, peer -> closingAfter(peer, Duration.ofSeconds(30)));

        long steady = 63 + 6 * 30;
        assertThat(dials(DAY)).isEqualTo(1 + 6 + (int) ((DAY.toSeconds() - steady) / 90));
    }

    @Test
    @DisplayName("24 h of a peer that closes each session after the stable period: each wait is the first one")
    void slow() {
        start(BACKOFF, peer -> closingAfter(peer, Duration.ofMinutes(10)));

        assertThat(dials(DAY)).isEqualTo(1 + (int) (DAY.toSeconds() / 601));
        assertThat(seen(IngressEvent.Retrying.class)).allMatch(retrying -> retrying.attempt() == 1);
    }

    @Test
    @DisplayName("1,000 connections that lose their peer together do not come back together")
    void a_thousand_come_back_spread() {
        Random seeded = new Random(7);
        random = seeded::nextDouble;
        StringBuilder manifest = new StringBuilder(manifest());
        for (int connection = 1; connection < 1_000; connection++) {
            manifest.append("      - {name: c")
                    .append(connection)
                    .append(", target: \"wss://a.example.com/\", access: [subscribe]}\n");
        }
        List<InMemoryPeer> first = new ArrayList<>();
        start(manifest.toString(), BACKOFF, peer -> {
            peer.accept();
            first.add(peer);
        });
        time.advanceTimeBy(Duration.ofSeconds(100));
        assertThat(first).hasSize(1_000);
        dialledAt.clear();

        List.copyOf(first).forEach(InMemoryPeer::reset);
        time.advanceTimeBy(Duration.ofSeconds(2));

        assertThat(dialledAt).hasSize(1_000);
        // From half a second to one after the loss: five windows of 100 ms have 200 on average.
        assertThat(dialledAt).allMatch(at -> at >= 100_500 && at <= 101_000);
        for (long window = 100_500; window <= 101_000; window += 10) {
            long from = window;
            assertThat(dialledAt.stream()
                            .filter(at -> at >= from && at < from + 100)
                            .count())
                    .isLessThanOrEqualTo(400);
        }
    }

    @Test
    void the_plugin_and_the_operator_are_told() {
        start(BACKOFF, peer -> peer.refuse(503));

        assertThat(seen(IngressEvent.Retrying.class))
                .extracting(IngressEvent.Retrying::attempt, IngressEvent.Retrying::nextAttemptAtMillis)
                .containsExactly(tuple(1, 1_000L));
        assertThat(status().state()).isEqualTo(ConnectionState.WAITING);
        assertThat(status().nextAttemptAtMillis()).isEqualTo(1_000);
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(status().nextAttemptAtMillis()).isEqualTo(3_000);
        assertThat(seen(IngressEvent.ReconnectNeeded.class)).isEmpty();
    }

    @Test
    @DisplayName("invariant 4: nothing is dialled again while the plugin has not been told how the last session ended")
    void the_end_is_told_before_the_next_dial() {
        Sinks.Empty<Void> lets = stuckAtTheFirstEvent();
        start(BACKOFF, InMemoryPeer::accept);
        driver.peer("a").close(1001, "");
        time.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(dialledAt).hasSize(1);
        assertThat(status().state()).isEqualTo(ConnectionState.WAITING);

        lets.tryEmitEmpty();
        time.advanceTime();

        assertThat(dialledAt).containsExactly(0L, 600_000L);
        assertThat(status().state()).isEqualTo(ConnectionState.OPEN);
    }

    @Test
    @DisplayName("invariant 4: nor when a grant comes back before the plugin has been told that it was taken away")
    void the_denial_is_told_before_a_wider_grant_dials() {
        Sinks.Empty<Void> lets = stuckAtTheFirstEvent();
        start(BACKOFF, InMemoryPeer::accept);
        grant(NOTHING);
        grant(grants(BACKOFF));
        time.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(dialledAt).hasSize(1);
        assertThat(status().state()).isEqualTo(ConnectionState.DENIED);

        grant(NOTHING);
        lets.tryEmitEmpty();
        time.advanceTime();
        assertThat(dialledAt).hasSize(1);

        grant(grants(BACKOFF));
        assertThat(dialledAt).containsExactly(0L, 600_000L);
        assertThat(status().state()).isEqualTo(ConnectionState.OPEN);
    }

    @Test
    @DisplayName(
            "a grant that came back is dialled as soon as the plugin has been told of the denial, without another change")
    void a_denial_that_is_told_late() {
        Sinks.Empty<Void> lets = stuckAtTheFirstEvent();
        start(BACKOFF, InMemoryPeer::accept);
        grant(NOTHING);
        grant(grants(BACKOFF));
        assertThat(dialledAt).hasSize(1);

        lets.tryEmitEmpty();
        time.advanceTime();

        assertThat(dialledAt).hasSize(2);
        assertThat(status().state()).isEqualTo(ConnectionState.OPEN);
    }

    @Test
    void a_permanent_answer_is_down_at_once() {
        start(BACKOFF, peer -> peer.refuse(401));

        assertThat(status().state()).isEqualTo(ConnectionState.DOWN);
        assertThat(seen(IngressEvent.ReconnectNeeded.class))
                .extracting(IngressEvent.ReconnectNeeded::why)
                .singleElement()
                .asString()
                .endsWith("the answer 401 is permanent");
        assertThat(dials(DAY)).isEqualTo(1);
    }

    @Test
    void a_permanent_close_code_is_down_at_once_and_the_plugin_may_ask_again() {
        start(BACKOFF.replace("}", ", permanent-close-codes: [4004]}"), InMemoryPeer::accept);
        driver.peer("a").close(4004, "");
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(status().state()).isEqualTo(ConnectionState.DOWN);

        issue(OutputCommand.reconnect("a"));

        assertThat(status().state()).isEqualTo(ConnectionState.OPEN);
    }

    @Test
    @DisplayName(
            "a session that the plugin closes comes back as any other, also with a code that is permanent for its peer")
    void a_close_of_the_plugins_comes_back() {
        start(BACKOFF.replace("}", ", permanent-close-codes: [4004]}"), InMemoryPeer::accept);
        issue(OutputCommand.close("a", 4004, ""));
        assertThat(seen(IngressEvent.Closed.class))
                .extracting(IngressEvent.Closed::initiator)
                .containsExactly(Initiator.HOST);
        assertThat(status().state()).isEqualTo(ConnectionState.WAITING);

        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(status().state()).isEqualTo(ConnectionState.OPEN);
    }

    @Test
    void retry_after_is_honoured() {
        start(BACKOFF, peer -> peer.refuse(TransportException.refused(429, "too many", Duration.ofMinutes(5))));

        assertThat(status().nextAttemptAtMillis()).isEqualTo(300_000);
    }

    @Test
    void attempts_that_are_used_up_are_down() {
        start(BACKOFF.replace("}", ", attempts: 3}"), peer -> peer.refuse(503));

        assertThat(dials(DAY)).isEqualTo(4);
        assertThat(status().state()).isEqualTo(ConnectionState.DOWN);
        assertThat(status().nextAttemptAtMillis()).isZero();
    }

    @Test
    @DisplayName("a wall clock that is set makes no short session a stable one, nor a stable one a short one")
    void a_clock_that_is_set_while_a_session_is_open() {
        start(BACKOFF, InMemoryPeer::accept);
        openFor(Duration.ofSeconds(30), DAY);
        time.advanceTimeBy(Duration.ofSeconds(1));
        openFor(Duration.ofSeconds(30), DAY);
        time.advanceTimeBy(Duration.ofSeconds(2));
        openFor(Duration.ofSeconds(60), DAY.negated());

        assertThat(seen(IngressEvent.Retrying.class))
                .extracting(IngressEvent.Retrying::attempt)
                .containsExactly(1, 2, 1);
    }

    @Test
    @DisplayName("a wall clock that is set makes no wait shorter or longer, and is what the next attempt is shown by")
    void a_clock_that_is_set_while_it_waits() {
        start(BACKOFF, peer -> peer.refuse(503));
        clock.set(DAY);
        grant(grants(BACKOFF));
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(dialledAt).containsExactly(0L, 1_000L);
        assertThat(status().nextAttemptAtMillis()).isEqualTo(DAY.toMillis() + 3_000);

        clock.set(DAY.multipliedBy(-2));
        grant(grants(BACKOFF));
        time.advanceTimeBy(Duration.ofSeconds(2));
        assertThat(dialledAt).containsExactly(0L, 1_000L, 3_000L);
    }

    @Test
    @DisplayName("a wall clock that is set forward empties no day's dials")
    void a_clock_that_is_set_past_a_day() {
        start(BACKOFF.replace("}", ", per-day: 3}"), peer -> peer.refuse(503));
        time.advanceTimeBy(Duration.ofSeconds(2));
        clock.set(DAY.multipliedBy(2));
        time.advanceTimeBy(Duration.ofHours(1));

        assertThat(dialledAt).containsExactly(0L, 1_000L, 3_000L);
        assertThat(status().state()).isEqualTo(ConnectionState.DOWN);
    }

    @Test
    void a_reconnect_while_it_waits_does_not_jump_the_wait() {
        start(BACKOFF, peer -> peer.refuse(503));

        issue(OutputCommand.reconnect("a"));

        assertThat(outcomes.get(0).rule()).isEqualTo("already-connected");
        assertThat(dialledAt).hasSize(1);
    }

    @Test
    @DisplayName("an Open while it waits says where the next attempt goes, and not when")
    void an_open_while_it_waits_changes_where() {
        start(BACKOFF, peer -> peer.refuse(503));
        issue(OutputCommand.open("p", "wss://one.example.org/"));
        issue(OutputCommand.open("p", "wss://two.example.org/"));
        assertThat(outcomes).extracting(CommandOutcome::result).containsOnly(CommandOutcome.Result.DONE);
        assertThat(driver.dials()).hasSize(2);

        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(driver.peer("p").spec().target().host()).isEqualTo("two.example.org");
    }

    @Test
    void a_grant_that_is_taken_away_while_it_waits_denies_it_at_once() {
        start(BACKOFF, peer -> peer.refuse(503));

        grant(NOTHING);
        assertThat(status().state()).isEqualTo(ConnectionState.DENIED);
        assertThat(status().nextAttemptAtMillis()).isZero();
        assertThat(dials(DAY)).isEqualTo(1);

        grant(grants(BACKOFF));
        assertThat(dialledAt).hasSize(2);
    }

    @Test
    void a_stop_while_it_waits_leaves_nothing() {
        start(BACKOFF, peer -> peer.refuse(503));

        host().stop(Duration.ZERO).subscribe();
        time.advanceTime();

        assertThat(status().state()).isEqualTo(ConnectionState.STOPPED);
        assertThat(status().nextAttemptAtMillis()).isZero();
        assertThat(dials(DAY)).isEqualTo(1);
    }

    @Test
    void a_session_that_a_stop_closes_is_not_waited_for() {
        start(BACKOFF, InMemoryPeer::accept);

        host().stop(Duration.ofSeconds(1)).subscribe();
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(host().history())
                .filteredOn(Diagnostic.ConnectionChanged.class::isInstance)
                .extracting(changed -> ((Diagnostic.ConnectionChanged) changed).state())
                .contains(ConnectionState.OPEN, ConnectionState.STOPPED)
                .doesNotContain(ConnectionState.WAITING);
        assertThat(dialledAt).hasSize(1);
    }

    private void start(String reconnect, Consumer<InMemoryPeer> peers) {
        start(manifest(), reconnect, peers);
    }

    private void start(String manifest, String reconnect, Consumer<InMemoryPeer> peers) {
        driver.onDial(peer -> {
            dialledAt.add(time.now(TimeUnit.MILLISECONDS));
            peers.accept(peer);
        });
        PluginHost made = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", grants(reconnect)))
                .plugin(
                        Manifest.parse("plugin.yaml", manifest),
                        (events, context) -> Flux.merge(
                                taking.apply(events).doOnNext(seen::add).thenMany(Flux.empty()), commands.asFlux()))
                .schedulers(clock, name -> time)
                .audited((command, outcome) -> outcomes.add(outcome))
                .random(random)
                .build();
        host = made;
        made.start().subscribe();
        time.advanceTime();
    }

    private static String manifest() {
        return """
            version: 1
            id: p
            release: 1.0.0
            services:
              - name: s
                class: test.S
                connections:
                  - {name: p, target: "wss://*.example.org/**", access: [subscribe]}
                  - {name: a, target: "wss://a.example.com/", access: [subscribe]}
            """.indent(0);
    }

    private static String grants(String reconnect) {
        return """
            version: 1
            grants:
              - plugin: p
                websocket:
                  - {target: "wss://a.example.com/", access: [subscribe]}
                  - {target: "wss://*.example.org/**", access: [subscribe]}
                limits: {queue-events: 4096}
                reconnect: %s
            """.formatted(reconnect);
    }

    private void closingAfter(InMemoryPeer peer, Duration open) {
        peer.accept();
        Mono.delay(open, time).subscribe(late -> peer.close(1001, ""));
    }

    /** Until it is emitted on. */
    private Sinks.Empty<Void> stuckAtTheFirstEvent() {
        Sinks.Empty<Void> lets = Sinks.empty();
        taking = events -> events.concatMap(
                event -> event instanceof IngressEvent.Opened ? lets.asMono().thenReturn(event) : Mono.just(event), 0);
        return lets;
    }

    /** The clock is set in the middle of it. */
    private void openFor(Duration open, Duration setBy) {
        assertThat(status().state()).isEqualTo(ConnectionState.OPEN);
        time.advanceTimeBy(open.dividedBy(2));
        clock.set(setBy);
        time.advanceTimeBy(open.dividedBy(2));
        driver.peer("a").close(1001, "");
        time.advanceTime();
    }

    private Duration deadlineOfADial() {
        return HostSettings.defaults().dial().upgrade();
    }

    private int dials(Duration in) {
        time.advanceTimeBy(in.minusMillis(time.now(TimeUnit.MILLISECONDS)));
        return dialledAt.size();
    }

    private void issue(OutputCommand command) {
        commands.tryEmitNext(command).orThrow();
        time.advanceTime();
    }

    private void grant(String grants) {
        host().grants(GrantFile.parse("grants.yaml", grants)).subscribe();
        time.advanceTime();
    }

    private PluginHost host() {
        return Objects.requireNonNull(host);
    }

    private ConnectionStatus status() {
        return host().status().services().get(0).connections().stream()
                .filter(each -> each.connection().equals("a"))
                .findFirst()
                .orElseThrow();
    }

    private <T extends IngressEvent> List<T> seen(Class<T> kind) {
        return seen.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(event -> event.connection().equals("a"))
                .toList();
    }
}
