package io.headgate.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.host.ws.test.PeerServer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The same bot and the same gateway, over real sockets, in a real host. */
@Timeout(120)
final class ChatBotInHostTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TOKEN = "the token";
    private static final Duration INTERVAL = Duration.ofMillis(600);
    private static final String MANIFEST = """
            version: 1
            id: sample.chat-bot
            release: 1.0.0
            services:
              - name: bot
                class: io.headgate.samples.chat.ChatBot
                connections:
                  - {name: gateway, target: "${uri}", access: [subscribe, send]}
            """;
    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: sample.chat-bot
                websocket:
                  - {target: "${uri}", access: [subscribe, send], addresses: loopback, send-budget: 120/60s}
                reconnect: {policy: backoff, first: 50ms, max: 100ms, permanent-close-codes: [4004]}
                settings: {token: "${token}"}
            """;

    /** A noisy machine may be late by as much. */
    private final Gateway gateway = new Gateway(TOKEN, INTERVAL, Duration.ofSeconds(5));

    private static void await(BooleanSupplier so) {
        Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
                .takeUntil(tick -> so.getAsBoolean())
                .blockLast(LIMIT);
    }

    private void awaitResumed(PeerServer server, int times) {
        await(() -> server.ask(() -> gateway.loggedIn() && gateway.resumed() == times));
        assertThat(server.ask(gateway::resumed)).isEqualTo(times);
    }

    private interface Play {
        void with(PeerServer server, PluginHost host);
    }

    private void inHost(String token, Play play) {
        ReactorNettyDriver driver = ReactorNettyDriver.create();
        try (PeerServer server = PeerServer.start(gateway)) {
            PluginHost host = PluginHost.builder()
                    .driver(driver)
                    .grants(GrantFile.parse(
                            "grants.yaml",
                            GRANTS.replace("${uri}", server.uri()).replace("${token}", token)))
                    .plugin(Manifest.parse("plugin.yaml", MANIFEST.replace("${uri}", server.uri())), new ChatBot())
                    .build();
            host.start().block(LIMIT);
            try {
                play.with(server, host);
            } finally {
                host.stop(Duration.ZERO).then(Mono.defer(driver::disposeLater)).block(LIMIT);
            }
            server.assertKept();
        }
    }

    private static ConnectionStatus connection(PluginHost host) {
        return host.status().services().get(0).connections().get(0);
    }

    @Test
    @DisplayName("it beats, answers, resumes behind cuts, and leaves a gateway that acknowledges nothing")
    void aLife() {
        inHost(TOKEN, (server, host) -> {
            await(() -> server.ask(gateway::loggedIn));
            server.run(gateway::ping);
            await(() -> server.ask(() -> gateway.unanswered().isEmpty()));

            server.run(gateway::cut);
            awaitResumed(server, 1);
            server.run(gateway::askToReconnect);
            awaitResumed(server, 2);
            server.run(gateway::goDeaf);
            awaitResumed(server, 3);
            server.run(gateway::ping);
            await(() -> server.ask(() -> gateway.unanswered().isEmpty()));

            assertThat(server.ask(gateway::identified)).isOne();
            assertThat(connection(host).epoch()).isEqualTo(4);
            assertThat(connection(host).events().drops()).isEmpty();
        });
    }

    @Test
    @DisplayName("a token that is wrong is not tried again and again: the code is permanent")
    void wrongToken() {
        inHost("another one", (server, host) -> {
            await(() -> connection(host).state().name().equals("DOWN"));
            assertThat(connection(host).lastError()).contains("4004");
            assertThat(connection(host).attempts()).isOne();
        });
    }
}
