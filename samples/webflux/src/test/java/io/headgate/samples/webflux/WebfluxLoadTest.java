package io.headgate.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Rule;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.ws.test.PeerServer;
import io.headgate.samples.webflux.RunningSample.Link;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Events in and calls out at once, with drops in the lane, drops in a slow stream, and refusals by grant, budget and bound. Then the host
 * is stopped, so that nothing moves any more: the metrics are the ledger's, to the number, and so is what callers, streams and the
 * peer have seen.
 */
final class WebfluxLoadTest {

    private static final String FILLING = "x".repeat(2_000);
    private static final int CALLS = 600;
    private static final int BURST = 500;
    private static final int SESSIONS = 3;

    private final Talker chat = new Talker();

    private static RunningSample start(Path folder, PeerServer server) {
        List<Link> links = List.of(
                new Link("chat", server.uri() + "chat", "access: [subscribe, send]"),
                new Link("feed", server.uri() + "feed", "access: [subscribe]"),
                new Link("slow", server.uri() + "slow", "access: [subscribe, send], send-budget: 1/1d"));
        RunningSample sample = RunningSample.start(
                        folder,
                        links,
                        "    limits: {queue-events: 64, overflow: drop-newest}\n",
                        NoBeans.class,
                        "headgate.events.buffer=64",
                        "headgate.messages.at-once=8",
                        "headgate.messages.budget-wait=20ms",
                        // Nobody has to be told 504, however slow the machine is.
                        "headgate.messages.patience=1h")
                .awaitOpen("chat", "feed", "slow");
        // Nobody listens yet: what the plugin is told from now on is what the streams are.
        RunningSample.await(() -> sample.service().events().controls().delivered() == SESSIONS);
        return sample;
    }

    @Test
    @DisplayName("under load the metrics agree with the ledger, and the ledger with what everybody saw")
    void agree(@TempDir Path folder) {
        try (PeerServer server = PeerServer.start(chat);
                RunningSample sample = start(folder, server);
                Listener slow = Listener.listen(sample.base());
                Listener fast = Listener.listen(sample.base()).readOn()) {
            Callers callers = new Callers(sample.base(), "chat", "chat", "slow", "feed", "slow", "nowhere");
            Audience audience = sample.bean(Audience.class);

            Mono<Void> calls = callers.call(CALLS, 16)
                    .repeat(() -> !callers.answers().containsKey("429"))
                    .then();
            Mono<Void> events = Mono.fromRunnable(() -> burst(server, sample))
                    .subscribeOn(Schedulers.boundedElastic())
                    .repeat(() -> audience.counts().dropped() == 0
                            || sample.service().events().dropped().events() == 0
                            || callers.calls() < CALLS)
                    .then();
            Mono.when(calls, events).block(RunningSample.LIMIT.multipliedBy(3));
            sample.host().stop(Duration.ofSeconds(30)).block(RunningSample.LIMIT);
            slow.readOn();

            ServiceStatus service = sample.service();
            checkStreams(service.events(), audience, List.of(slow, fast));
            checkCalls(service.commands(), callers, sample.bean(Calls.class));
            assertThat(server.ask(chat::told)).hasSize((int) service.commands().sent());
            checkMetrics(service, sample);
        }
    }

    /** More than the lane holds, and no more than one burst at a time on the wire. */
    private void burst(PeerServer server, RunningSample sample) {
        server.run(() -> chat.say(BURST, FILLING));
        long said = SESSIONS * server.ask(chat::said);
        RunningSample.await(() -> sample.service().events().received().events() == said);
    }

    private static void checkStreams(EventCounts events, Audience audience, List<Listener> listeners) {
        long handed = events.delivered().events() + events.controls().delivered() + events.gaps() - SESSIONS;
        listeners.forEach(each -> RunningSample.await(() -> each.events() + each.missed() == handed));
        long delivered = listeners.stream().mapToLong(Listener::events).sum();
        long dropped = listeners.stream().mapToLong(Listener::missed).sum();
        assertThat(audience.counts()).isEqualTo(new SeatCounts(2 * handed, delivered, dropped, 0, 0));
        assertThat(dropped).isPositive();
        assertThat(events.dropped().events()).isPositive();
        assertThat(events.conserved()).isTrue();
    }

    private static void checkCalls(CommandCounts commands, Callers callers, Calls calls) {
        Map<String, Long> expected = new HashMap<>();
        expected.put("200", commands.sent());
        expected.put("429", calls.refused());
        commands.refusedBy().forEach((rule, count) -> expected.put(answer(rule), count));
        assertThat(callers.answers()).isEqualTo(expected);
        assertThat(callers.answers())
                .containsKeys("429", "429 over-send-budget", "403 send-not-granted", "403 connection-not-declared");
        assertThat(callers.calls()).isEqualTo((int) (commands.issued() + calls.refused()));
        assertThat(commands.conserved()).isTrue();
        assertThat(commands.inFlight()).isZero();
    }

    private static String answer(Rule rule) {
        return (rule.isAuthority() ? "403 " : "429 ") + rule.wireName();
    }

    private static void checkMetrics(ServiceStatus service, RunningSample sample) {
        // All that is read within a second is of one status.
        RunningSample.await(() -> Scrape.of(sample).sum("headgate_service_state", "state=\"stopped\"") == 1);
        Scrape scrape = Scrape.of(sample);
        service.connections().forEach(each -> checkConnection(each, scrape));
        CommandCounts commands = service.commands();
        assertThat(scrape.sum("headgate_commands_issued_total")).isEqualTo(commands.issued());
        assertThat(scrape.sum("headgate_commands_in_flight")).isZero();
        assertThat(scrape.sum("headgate_commands_decided_total", "result=\"sent\""))
                .isEqualTo(commands.sent());
        assertThat(scrape.sum("headgate_commands_decided_total", "result=\"denied\""))
                .isEqualTo(commands.denied());
        assertThat(scrape.sum("headgate_commands_decided_total", "result=\"rejected\""))
                .isEqualTo(commands.rejected());
        for (Rule rule : Rule.values()) {
            assertThat(scrape.sum("headgate_commands_refused_total", "rule=\"" + rule.wireName() + "\""))
                    .as(rule.wireName())
                    .isEqualTo(commands.refusedBy().getOrDefault(rule, 0L));
        }
        SeatCounts streams = sample.bean(Audience.class).counts();
        assertThat(scrape.sum("relay_streams_events_total", "what=\"handed\"")).isEqualTo(streams.handed());
        assertThat(scrape.sum("relay_streams_events_total", "what=\"delivered\""))
                .isEqualTo(streams.delivered());
        assertThat(scrape.sum("relay_streams_events_total", "what=\"dropped\"")).isEqualTo(streams.dropped());
        assertThat(scrape.sum("relay_messages_refused_total"))
                .isEqualTo(sample.bean(Calls.class).refused());
        assertThat(scrape.sum("http_server_requests_seconds_count", "uri=\"/messages\"", "status=\"200\""))
                .isEqualTo(commands.sent());
    }

    private static void checkConnection(ConnectionStatus connection, Scrape scrape) {
        String tag = "connection=\"" + connection.connection() + "\"";
        EventCounts events = connection.events();
        assertThat(scrape.sum("headgate_texts_received_total", tag))
                .isEqualTo(events.received().events());
        assertThat(scrape.sum("headgate_received_bytes_total", tag))
                .isEqualTo(events.received().bytes());
        assertThat(scrape.sum("headgate_texts_delivered_total", tag))
                .isEqualTo(events.delivered().events());
        assertThat(scrape.sum("headgate_texts_dropped_total", tag))
                .isEqualTo(events.dropped().events());
        assertThat(scrape.sum("headgate_dropped_bytes_total", tag))
                .isEqualTo(events.dropped().bytes());
        assertThat(scrape.sum("headgate_texts_discarded_total", tag))
                .isEqualTo(events.discarded().events());
        assertThat(scrape.sum("headgate_gaps_total", tag)).isEqualTo(events.gaps());
        assertThat(scrape.sum("headgate_commands_issued_total", tag))
                .isEqualTo(connection.commands().issued());
        assertThat(scrape.sum("headgate_sent_bytes_total", tag))
                .isEqualTo(connection.commands().sentBytes());
    }
}
