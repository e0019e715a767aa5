package io.headgate.samples.webflux;

import static io.headgate.samples.webflux.RunningSample.body;
import static io.headgate.samples.webflux.RunningSample.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ws.test.PeerServer;
import io.headgate.host.ws.test.ScriptedGateway;
import io.headgate.samples.webflux.RunningSample.Link;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What becomes of a posted message, and how HTTP says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MessagesTest {

    private final Talker chat = new Talker();
    private PeerServer server;
    private ScriptedGateway nobody;
    private RunningSample sample;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = PeerServer.start(chat);
        nobody = ScriptedGateway.start().refuse();
        List<Link> links = List.of(
                new Link("chat", server.uri() + "chat", "access: [subscribe, send]"),
                new Link("feed", server.uri() + "feed", "access: [subscribe]"),
                new Link("slow", server.uri() + "slow", "access: [subscribe, send], send-budget: 1/1d"),
                new Link("away", nobody.uri() + "away", "access: [subscribe, send]"));
        sample = RunningSample.start(
                        folder,
                        links,
                        "    limits: {message-bytes: 64KiB}\n",
                        NoBeans.class,
                        "headgate.messages.budget-wait=20ms")
                .awaitOpen("chat", "feed", "slow");
    }

    @AfterAll
    void stop() {
        sample.close();
        nobody.close();
        server.close();
    }

    @Test
    @DisplayName("200: it was sent")
    void sent() {
        WebTestClient.ResponseSpec response = sample.post("chat", "hello");
        response.expectStatus().isOk();
        assertThat(body(response))
                .containsEntry("result", "sent")
                .containsEntry("connection", "chat")
                .containsEntry("epoch", 1)
                .containsKey("commandId");
        RunningSample.await(() -> server.ask(() -> chat.told().contains("hello")));
    }

    @Test
    @DisplayName("403: refused by the grant, with the rule and the remedy")
    void denied() {
        Map<String, Object> problem = problem(sample.post("feed", "may I?"), 403);
        assertThat(problem).containsEntry("rule", "send-not-granted").containsEntry("result", "denied");
        assertThat(problem.get("detail"))
                .asString()
                .contains("is granted without the access `send`; add `send` to the access of");
    }

    @Test
    @DisplayName("403: no such connection")
    void undeclared() {
        assertThat(problem(sample.post("nowhere", "hello"), 403)).containsEntry("rule", "connection-not-declared");
    }

    @Test
    @DisplayName("429: the send budget is used up")
    void overBudget() {
        sample.post("slow", "the first").expectStatus().isOk();
        WebTestClient.ResponseSpec second = sample.post("slow", "the second");
        second.expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "1");
        assertThat(problem(second, 429)).containsEntry("rule", "over-send-budget");
    }

    @Test
    @DisplayName("503: no session is open")
    void notOpen() {
        assertThat(problem(sample.post("away", "hello"), 503)).containsEntry("rule", "session-not-open");
    }

    @Test
    @DisplayName("413: larger than the grant allows; 400: no valid UTF-16, no text, no connection")
    void malformed() {
        assertThat(problem(sample.post("chat", "x".repeat(65537)), 413)).containsEntry("rule", "text-too-large");
        for (String body : List.of(
                "{\"connection\":\"chat\",\"text\":\"\\ud800\"}",
                "{\"connection\":\"chat\"}",
                "{\"connection\":\" \",\"text\":\"hello\"}",
                "hello")) {
            problem(
                    sample.http()
                            .post()
                            .uri("/messages")
                            .contentType(MediaType.APPLICATION_JSON)
                            .bodyValue(body)
                            .exchange(),
                    400);
        }
    }
}
