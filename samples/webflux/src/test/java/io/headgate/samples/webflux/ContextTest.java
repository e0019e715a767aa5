package io.headgate.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.service.PluginHost;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.host.ws.test.PeerServer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** How far Reactor's Context goes: a caller's is there behind the outcome and not in the plugin, whose own reaches its events. */
final class ContextTest {

    private static final Context CALLER = Context.of("who", "the caller");

    private static Mono<String> who() {
        return Mono.deferContextual(context -> Mono.just(context.getOrDefault("who", "nobody")));
    }

    @Test
    @DisplayName("a caller's is there behind the outcome, and does not enter the plugin")
    void callers() {
        Calls calls = new Calls(1, ObservationRegistry.NOOP, Schedulers.immediate());
        Desk desk = calls.desk(1);
        Flux<String> plugin = desk.commands().concatMap(command -> who(), 0);
        StepVerifier.create(plugin)
                .then(() -> StepVerifier.create(calls.send(new Message("chat", "hello"))
                                .flatMap(outcome -> who())
                                .contextWrite(CALLER))
                        .then(() -> desk.answered(Flux.just(new CommandOutcome(
                                        "call-1-1", "chat", 1, 0, CommandOutcome.Result.SENT, "", "")))
                                .blockLast(RunningSample.LIMIT))
                        .expectNext("the caller")
                        .expectComplete()
                        .verify(RunningSample.LIMIT))
                .expectNext("nobody")
                .thenCancel()
                .verify(RunningSample.LIMIT);
    }

    @Test
    @DisplayName("a plugin's own reaches its events, through the host's operators and on the host's thread")
    void plugins() {
        ServicePlugin plugin = (events, context) -> events.take(1)
                .concatMap(event -> who(), 0)
                .<OutputCommand>map(who -> OutputCommand.sendText("chat", who))
                .contextWrite(Context.of("who", "the plugin"));
        Talker chat = new Talker();
        ReactorNettyDriver driver = ReactorNettyDriver.create();
        try (PeerServer server = PeerServer.start(chat)) {
            PluginHost host = PluginHost.builder()
                    .driver(driver)
                    .grants(GrantFile.parse("grants.yaml", """
                            version: 1
                            grants:
                              - plugin: sample.context
                                websocket:
                                  - {target: "${uri}", access: [subscribe, send], addresses: loopback}
                            """.replace("${uri}", server.uri())))
                    .plugin(Manifest.parse("plugin.yaml", """
                                    version: 1
                                    id: sample.context
                                    release: 1.0.0
                                    services:
                                      - name: only
                                        class: io.headgate.samples.webflux.ContextTest
                                        connections:
                                          - {name: chat, target: "${uri}", access: [subscribe, send]}
                                    """.replace("${uri}", server.uri())), plugin)
                    .build();
            host.start().block(RunningSample.LIMIT);
            try {
                RunningSample.await(() -> server.ask(chat::told).equals(List.of("the plugin")));
            } finally {
                host.stop(Duration.ZERO).then(Mono.defer(driver::disposeLater)).block(RunningSample.LIMIT);
            }
            assertThat(server.violations()).isEmpty();
        }
    }
}
