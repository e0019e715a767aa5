package io.headgate.host.ws.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.host.ws.WebSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 8 over real sockets, in every fault and with every logger at TRACE: no secret is seen anywhere. */
@Timeout(300)
final class CanaryTest {

    private static final String BY_DEFAULT = "{no-data: never}";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Escaped, they fill all that is shown of a reason. */
    private static final String ESCAPES = "\u001b".repeat(44);

    private final ReactorNettyDriver driver =
            ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(1));
    private final TracedLogs logs = TracedLogs.on();

    @TempDir
    Path folder;

    /** What a peer does, and how the connection is in the end. */
    private record Scenario(String name, Script script, ConnectionState last) {}

    @AfterEach
    void end() {
        driver.disposeLater().block(PATIENCE);
        logs.close();
    }

    private static Stream<Scenario> hostile() {
        String answer = Canaries.ANSWER.text();
        String received = Canaries.RECEIVED.text();
        Octets text = Octets.utf8(received);
        return Stream.of(
                ended("a reason that is cut", open().text(received).close(4000, ESCAPES + Canaries.REASON.text())),
                new Scenario(
                        "an answer 401 with words",
                        Script.empty()
                                .expectUpgrade()
                                .send(
                                        "an answer",
                                        Octets.utf8("HTTP/1.1 401 " + answer + "\r\nContent-Length: 32\r\nX-" + answer
                                                + ": " + answer + "\r\nWWW-Authenticate: Basic realm=" + answer
                                                + "\r\nRetry-After: " + answer + "\r\n\r\n" + answer))
                                .takeRest(),
                        ConnectionState.DOWN),
                ended(
                        "a redirection",
                        Script.empty()
                                .refuseUpgrade(
                                        302,
                                        Map.of(
                                                "Location",
                                                "wss://other.example/" + answer + "?" + answer + "#" + answer))
                                .takeRest()),
                ended(
                        "a redirection that is none",
                        Script.empty()
                                .refuseUpgrade(301, Map.of("Location", "://" + answer))
                                .takeRest()),
                ended(
                        "a key that is words",
                        Script.empty()
                                .acceptUpgrade(Map.of("Sec-WebSocket-Accept", answer))
                                .takeRest()),
                ended(
                        "a subprotocol that is words",
                        Script.empty()
                                .acceptUpgrade(Map.of("Sec-WebSocket-Protocol", answer))
                                .takeRest()),
                ended(
                        "an answer that is no HTTP",
                        Script.empty()
                                .expectUpgrade()
                                .send("words", Octets.utf8(answer + "\r\n" + answer + " " + answer + "\r\n\r\n"))
                                .takeRest()),
                ended(
                        "headers that are none",
                        Script.empty()
                                .expectUpgrade()
                                .send(
                                        "words",
                                        Octets.utf8("HTTP/1.1 101 " + answer + "\r\n" + answer + "\u0000: " + answer
                                                + "\r\nContent-Length: " + answer + "\r\n\r\n"))
                                .takeRest()),
                ended(
                        "more headers than fit",
                        Script.empty()
                                .expectUpgrade()
                                .send("words", Octets.utf8("HTTP/1.1 101 OK\r\nX: " + answer.repeat(1000) + "\r\n\r\n"))
                                .takeRest()),
                ended(
                        "a masked text",
                        open().send(WireFrame.text(received).withMask(true)).takeRest()),
                ended(
                        "a text with a reserved bit",
                        open().send(WireFrame.text(received).withReserved(4)).takeRest()),
                ended(
                        "an opcode nobody knows",
                        open().send(WireFrame.of(3, text)).takeRest()),
                ended(
                        "a text that is not UTF-8",
                        open().send(WireFrame.of(WireFrame.TEXT, text.plus(Octets.hex("c3 28"))))
                                .takeRest()),
                ended(
                        "a text inside another",
                        open().send(WireFrame.text(received).unfinished())
                                .send(WireFrame.text(received))
                                .takeRest()),
                ended(
                        "a text that is too large",
                        open().text(received.repeat(40_000)).takeRest()),
                ended("a binary message", open().send(WireFrame.binary(text)).takeRest()),
                ended(
                        "a ping, a pong and the end",
                        open().send(WireFrame.ping(text))
                                .send(WireFrame.pong(text))
                                .endOutput()
                                .takeRest()),
                ended(
                        "a reason that is not UTF-8",
                        open().send(WireFrame.of(
                                        WireFrame.CLOSE,
                                        Octets.hex("0f a0").plus(text).plus(Octets.hex("c3 28"))))
                                .takeRest()),
                ended(
                        "a reason that is too long",
                        open().send(WireFrame.of(
                                        WireFrame.CLOSE, Octets.hex("0f a0").plus(Octets.utf8(received.repeat(5)))))
                                .takeRest()),
                ended("a text and a reset", open().text(received).reset()),
                new Scenario(
                        "a plugin that asks for an exchange",
                        open().text(CanaryScene.EXCHANGE).takeRest(),
                        ConnectionState.OPEN),
                new Scenario(
                        "a text that the plugin fails at",
                        open().text(CanaryScene.FAIL).takeRest(),
                        ConnectionState.OPEN));
    }

    private static Script open() {
        return Script.empty().acceptUpgrade();
    }

    private static Scenario ended(String name, Script script) {
        return new Scenario(name, script, ConnectionState.WAITING);
    }

    @Test
    @DisplayName("invariant 8: no log, diagnostic, status, outcome, exception or toString shows a canary")
    void noCanaryInSight() throws Exception {
        List<String> seen = new ArrayList<>();
        int places = 0;
        int scenarios = 0;
        for (FaultRow row : FaultRow.ofThePage().toList()) {
            places += played(
                    row.fault(),
                    row.liveness(),
                    scene -> scene.play(row.named(), ConnectionState.valueOf(row.state())),
                    seen);
            scenarios++;
        }
        for (Scenario one : hostile().toList()) {
            places += played(one.name(), BY_DEFAULT, scene -> scene.play(one.script(), one.last()), seen);
            scenarios++;
        }
        places += played(
                "grants that are taken away",
                BY_DEFAULT,
                scene -> scene.play(open().takeRest(), ConnectionState.OPEN).revoke(),
                seen);
        scenarios++;
        logs.found().stream().distinct().limit(40).forEach(seen::add);
        System.out.println("canaries: " + scenarios + " scenarios, " + (places + logs.seen()) + " places, of them "
                + logs.seen() + " in " + logs.counts().size() + " logs");

        assertThat(seen).isEmpty();
        assertThat(scenarios).isEqualTo(Fault.values().length + 23);
        assertThat(logs.counts())
                .as("logs that would have them")
                .containsKeys(
                        "reactor.netty.http.client.HttpClientConnect",
                        "reactor.netty.http.client.HttpClientOperations",
                        "io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13");
    }

    private int played(String name, String liveness, Consumer<CanaryScene> playing, List<String> seen)
            throws Exception {
        int before = logs.found().size();
        try (CanaryScene scene = new CanaryScene(Files.createTempDirectory(folder, "scene"), driver, liveness)) {
            playing.accept(scene);
            scene.assertPeersSawThem();
            scene.stop();
            List<String> places = scene.places();
            places.stream()
                    .filter(place -> !Canaries.in(place).isEmpty())
                    .forEach(place -> seen.add(name + ": " + Canaries.in(place) + " in " + place));
            if (logs.found().size() > before) {
                seen.add(name + ": in " + (logs.found().size() - before) + " log events");
            }
            return places.size();
        }
    }
}
