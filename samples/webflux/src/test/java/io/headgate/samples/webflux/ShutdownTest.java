package io.headgate.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.service.PluginHost;
import io.headgate.host.ws.test.PeerServer;
import io.headgate.samples.webflux.RunningSample.Link;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The order in which everything ends. */
final class ShutdownTest {

    private final Talker chat = new Talker();

    private static CompletableFuture<HttpStatusCode> post(RunningSample sample, String text) {
        return WebClient.create(sample.base())
                .post()
                .uri("/messages")
                .bodyValue(new Message("chat", text))
                .exchangeToMono(response -> Mono.just(response.statusCode()))
                .toFuture();
    }

    @Test
    @DisplayName(
            "a call under way is answered, streams complete, then the host stops with 1001, and nobody listens any more")
    void inOrder(@TempDir Path folder) throws Exception {
        try (PeerServer server = PeerServer.start(chat)) {
            RunningSample sample = RunningSample.start(
                            folder,
                            List.of(new Link("chat", server.uri(), "access: [subscribe, send], send-budget: 1/2s")),
                            "",
                            NoBeans.class,
                            "headgate.messages.budget-wait=50s",
                            // Who is not answered before the host stops is not answered.
                            "headgate.stop-grace=0s")
                    .awaitOpen("chat");
            PluginHost host = sample.host();
            Listener listener = Listener.listen(sample.base()).readOn();
            sample.post("chat", "has the token").expectStatus().isOk();
            CompletableFuture<HttpStatusCode> waits = post(sample, "waits for one");
            RunningSample.await(() -> sample.service().commands().issued() == 2);

            sample.close();

            assertThat(waits.get(60, TimeUnit.SECONDS).value()).isEqualTo(200);
            RunningSample.await(listener::completed);
            assertThat(host.status().services().get(0).state()).isEqualTo(ServiceState.STOPPED);
            assertThat(host.status().services().get(0).commands().sent()).isEqualTo(2);
            RunningSample.await(() -> server.ask(chat::codes).equals(List.of(1001)));
            assertThat(server.ask(chat::told)).containsExactly("has the token", "waits for one");
            StepVerifier.create(Mono.fromFuture(() -> post(sample, "too late")))
                    .expectErrorMatches(error ->
                            error instanceof WebClientRequestException && error.getCause() instanceof ConnectException)
                    .verify(RunningSample.LIMIT);
        }
    }
}
