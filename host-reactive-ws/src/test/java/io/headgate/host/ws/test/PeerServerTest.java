package io.headgate.host.ws.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.plugin.test.Peer;
import io.headgate.plugin.test.PeerSession;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.resources.LoopResources;

/** A peer over real sockets, with a client that is none of ours. */
@Timeout(60)
final class PeerServerTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<String> log = new CopyOnWriteArrayList<>();
    /** Other tests look for threads that were left behind. */
    private final LoopResources loops = LoopResources.create("peer-server-client", 1, true);

    private final Sinks.Many<String> says = Sinks.many().unicast().onBackpressureBuffer();
    private final PeerServer server = PeerServer.start(new Peer() {
        @Override
        public void opened(PeerSession session) {
            log.add("opened " + session.epoch());
            session.send("hello " + session.epoch());
        }

        @Override
        public void text(PeerSession session, String text) {
            log.add(text);
            switch (text) {
                case "close" -> session.close(4001, "as asked");
                case "cut" -> session.cut();
                case "later" -> session.after(Duration.ofMillis(10), () -> session.send("now"));
                case "break" -> session.violated("never say break");
                case "where" -> session.send(session.uri().replaceFirst("^ws://127[.]0[.]0[.]1:[0-9]+", ""));
                case "fail" -> throw new IllegalStateException("told to");
                case "gone" -> {
                    session.after(Duration.ofMillis(1), () -> log.add("too late"));
                    session.cut();
                    session.send("to nobody");
                    session.close(4002, "");
                    log.add("disposed " + session.after(Duration.ZERO, () -> {}).isDisposed());
                }
                default -> session.send("you said " + text);
            }
        }

        @Override
        public void ended(PeerSession session, int code) {
            log.add("ended " + session.epoch() + " with " + code);
        }
    });

    @AfterEach
    void end() {
        server.close();
        loops.disposeLater(Duration.ZERO, LIMIT).block(LIMIT);
    }

    /** What a client hears, until the session ends or it has heard enough. */
    private Flux<String> client(int texts) {
        return HttpClient.newConnection()
                .runOn(loops)
                .websocket()
                .uri(server.uri() + "any/path?and=query")
                .handle((in, out) -> Flux.merge(out.sendString(says.asFlux()).then(Mono.empty()), heard(in))
                        .take(texts))
                .cast(String.class);
    }

    private static Flux<String> heard(WebsocketInbound in) {
        return in.receive()
                .asString()
                .concatWith(in.receiveCloseStatus().map(status -> "closed with " + status.code()));
    }

    private void await(BooleanSupplier so) {
        Flux.interval(Duration.ofMillis(10), Schedulers.boundedElastic())
                .takeUntil(tick -> so.getAsBoolean())
                .blockLast(LIMIT);
    }

    private List<String> hear(int texts, String... said) {
        List.of(said).forEach(says::tryEmitNext);
        return client(texts).collectList().block(LIMIT);
    }

    @Test
    void textsAndTimers() {
        assertThat(hear(3, "one", "later")).containsExactly("hello 1", "you said one", "now");
        await(() -> log.stream().anyMatch(line -> line.startsWith("ended 1 with ")));
        assertThat(log).last().asString().matches("ended 1 with (1000|1005|1006)");
        server.assertKept();
    }

    @Test
    void aSessionKnowsWhereItWasOpened() {
        assertThat(hear(2, "where")).containsExactly("hello 1", "/any/path?and=query");
    }

    @Test
    void closesWithItsCode() {
        assertThat(hear(3, "close")).containsExactly("hello 1", "closed with 4001");
        await(() -> log.contains("ended 1 with 4001"));
    }

    @Test
    @DisplayName("what is done on a session that is cut does nothing, and its timers run no more")
    void cut() {
        assertThat(hear(3, "gone")).contains("hello 1").doesNotContain("to nobody");
        await(() -> log.contains("ended 1 with 1006"));
        server.run(() -> log.add("a turn later"));
        assertThat(log).contains("disposed true", "a turn later").doesNotContain("too late");
    }

    @Test
    void violationsAndFailuresAreKept() {
        assertThat(hear(2, "break", "fail", "still there")).containsExactly("hello 1", "you said still there");
        assertThat(server.violations())
                .containsExactly(
                        "in session 1: never say break", "the peer failed: java.lang.IllegalStateException: told to");
        assertThatThrownBy(server::assertKept)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("the plugin broke rules:\nin session 1: never say break");
    }

    @Test
    void answersWhereThePeerIsCalled() {
        assertThat(server.ask(() -> Thread.currentThread().getName())).startsWith("peer-server");
        assertThatThrownBy(() -> server.run(() -> {
                    throw new IllegalStateException("told to");
                }))
                .hasRootCauseMessage("told to");
    }
}
