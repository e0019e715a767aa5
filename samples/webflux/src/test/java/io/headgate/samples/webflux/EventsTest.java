package io.headgate.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.json.MessageJson;
import io.headgate.host.ws.test.PeerServer;
import io.headgate.plugin.IngressEvent;
import io.headgate.samples.webflux.RunningSample.Link;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

/** What a stream of events is told, and what a slow one misses. */
final class EventsTest {

    private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT =
            new ParameterizedTypeReference<>() {};
    /** As much as fills the sockets' buffers soon. */
    private static final String LARGE = "x".repeat(60_000);

    private final Talker chat = new Talker();
    private PeerServer server;
    private RunningSample sample;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = PeerServer.start(chat);
        sample = RunningSample.start(
                        folder,
                        List.of(new Link("chat", server.uri(), "access: [subscribe, send]")),
                        "",
                        NoBeans.class,
                        "headgate.events.streams=2",
                        "headgate.events.buffer=8")
                .awaitOpen("chat");
    }

    @AfterEach
    void stop() {
        sample.close();
        server.close();
    }

    private SeatCounts counts() {
        return sample.bean(Audience.class).counts();
    }

    @Test
    @DisplayName("a stream begins with seated, and tells each event as the host's JSON, under the event's id")
    void told() {
        List<ServerSentEvent<String>> events = WebClient.create(sample.base())
                .get()
                .uri("/events")
                .retrieve()
                .bodyToFlux(EVENT)
                .doOnNext(first -> {
                    if ("seated".equals(first.event())) {
                        server.run(() -> chat.say(1, "hello"));
                    }
                })
                .take(2)
                .collectList()
                .block(RunningSample.LIMIT);

        assertThat(events).element(0).extracting(ServerSentEvent::event).isEqualTo("seated");
        assertThat(events).element(1).satisfies(event -> {
            assertThat(MessageJson.readEvent(String.valueOf(event.data())))
                    .isInstanceOfSatisfying(IngressEvent.Text.class, text -> {
                        assertThat(text.text()).isEqualTo("1 hello");
                        assertThat(event.id()).isEqualTo(text.id().toString());
                    });
        });
    }

    @Test
    @DisplayName(
            "a browser that reads nothing misses events, counted and told, and neither plugin nor neighbour notices")
    void slow() {
        try (Listener slow = Listener.listen(sample.base());
                Listener fast = Listener.listen(sample.base()).readOn()) {
            while (counts().dropped() == 0) {
                server.run(() -> chat.say(8, LARGE));
                long said = server.ask(chat::said);
                RunningSample.await(() -> fast.events() + fast.missed() == said);
            }
            long said = server.ask(chat::said);
            assertThat(sample.service().events().dropped().events()).isZero();
            assertThat(sample.service().events().delivered().events()).isEqualTo(said);
            assertThat(fast.events()).isEqualTo(said);

            slow.readOn();
            RunningSample.await(() -> slow.events() + slow.missed() == said);
            assertThat(slow.missed()).isPositive();
            assertThat(counts()).isEqualTo(new SeatCounts(2 * said, said + slow.events(), slow.missed(), 0, 0));
        }
    }

    @Test
    @DisplayName("503: no stream is free; one that goes leaves its place, and what waited for it is counted")
    void seats() {
        try (Listener first = Listener.listen(sample.base());
                Listener second = Listener.listen(sample.base())) {
            RunningSample.problem(
                    sample.http()
                            .get()
                            .uri("/events")
                            .accept(MediaType.TEXT_EVENT_STREAM)
                            .exchange(),
                    503);
            second.leave();
            RunningSample.await(() -> sample.bean(Audience.class).taken() == 1);
            Listener.listen(sample.base()).close();
            assertThat(first.completed()).isFalse();
        }
        RunningSample.await(() -> sample.bean(Audience.class).taken() == 0);
        assertThat(counts().conserved()).isTrue();
    }
}
