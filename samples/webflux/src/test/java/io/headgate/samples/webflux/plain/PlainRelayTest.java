package io.headgate.samples.webflux.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.StopReport;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.host.ws.test.PeerServer;
import io.headgate.plugin.test.Peer;
import io.headgate.plugin.test.PeerSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** The same, without Spring: a posted text reaches the peer, and its answer the stream. */
final class PlainRelayTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String MANIFEST = """
            version: 1
            id: sample.plain
            release: 1.0.0
            services:
              - name: relay
                class: io.headgate.samples.webflux.plain.PlainRelay
                connections:
                  - {name: chat, target: "${uri}chat", access: [subscribe, send]}
                  - {name: feed, target: "${uri}feed", access: [subscribe, send]}
            """;
    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: sample.plain
                websocket:
                  - {target: "${uri}chat", access: [subscribe, send], addresses: loopback}
                  - {target: "${uri}feed", access: [subscribe], addresses: loopback}
            """;

    private static final class Echo implements Peer {

        @Override
        public void opened(PeerSession session) {}

        @Override
        public void text(PeerSession session, String text) {
            session.send("you said " + text);
        }
    }

    private static String post(String base, String connection, String text) {
        return HttpClient.newConnection()
                .headers(headers -> headers.set("Content-Length", text.length()))
                .post()
                .uri(base + "/messages/" + connection)
                .send(ByteBufFlux.fromString(Mono.just(text)))
                .responseSingle((response, body) -> body.asString()
                        .defaultIfEmpty("")
                        .map(json -> response.status().code() + " " + json))
                .block(LIMIT);
    }

    private static void play(String base, PluginHost host) {
        Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
                .takeUntil(tick -> host.status().services().get(0).connections().stream()
                        .allMatch(each -> each.state() == ConnectionState.OPEN))
                .blockLast(LIMIT);
        List<String> lines = HttpClient.newConnection()
                .get()
                .uri(base + "/events")
                .responseContent()
                .asString()
                // The comment says that the stream has begun.
                .doOnNext(line -> {
                    if (line.startsWith(":")) {
                        Schedulers.boundedElastic().schedule(() -> post(base, "chat", "hello"));
                    }
                })
                .takeUntil(line -> line.contains("you said hello"))
                .collectList()
                .block(LIMIT);
        assertThat(String.join("", lines)).contains("data: {\"version\":1,\"kind\":\"text\",\"connection\":\"chat\"");
        assertThat(post(base, "chat", "once more")).startsWith("200 ").contains("\"result\":\"sent\"");
        assertThat(post(base, "feed", "may I?")).startsWith("409 ").contains("send-not-granted");
        assertThat(post(base, "chat", "x".repeat(64 * 1024 + 1))).startsWith("413");
    }

    @Test
    @DisplayName("events go out as a stream, posts come in as commands, and the host stops without a rest")
    void relays() {
        ReactorNettyDriver driver = ReactorNettyDriver.create();
        LoopResources loop = LoopResources.create("plain", 1, true);
        PlainRelay relay = new PlainRelay();
        try (PeerServer server = PeerServer.start(new Echo())) {
            PluginHost host = PluginHost.builder()
                    .driver(driver)
                    .grants(GrantFile.parse("grants.yaml", GRANTS.replace("${uri}", server.uri())))
                    .plugin(Manifest.parse("plugin.yaml", MANIFEST.replace("${uri}", server.uri())), relay)
                    .build();
            DisposableServer http = relay.on(
                            HttpServer.create().host("127.0.0.1").port(0).runOn(loop))
                    .bindNow(LIMIT);
            host.start().block(LIMIT);
            try {
                play("http://127.0.0.1:" + http.port(), host);
                assertThat(relay.dropped).hasValue(0);
            } finally {
                http.disposeNow(LIMIT);
                StopReport report = host.stop(Duration.ofSeconds(5)).block(LIMIT);
                driver.disposeLater()
                        .then(loop.disposeLater(Duration.ZERO, LIMIT))
                        .block(LIMIT);
                assertThat(report).isEqualTo(StopReport.CLEAN);
            }
        }
    }
}
