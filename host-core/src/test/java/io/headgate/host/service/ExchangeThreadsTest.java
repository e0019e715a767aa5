package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.PullException;
import io.headgate.plugin.PullException.Reason;
import io.headgate.plugin.PulledText;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** R9 on real threads: what a plugin hears of an exchange it hears on a thread that its handler does not hold up. */
@Timeout(180)
final class ExchangeThreadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MANIFEST = """
            version: 1
            id: p
            release: 1.0.0
            services:
              - name: s
                class: none
                connections:
                  - {name: chat, target: "wss://chat.example.com/", access: [subscribe]}
                  - {name: login, target: "wss://login.example.com/", access: [exchange]}
            """;
    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: p
                websocket:
                  - {target: "wss://chat.example.com/", access: [subscribe]}
                  - {target: "wss://login.example.com/", access: [exchange]}
            """;

    private final InMemoryDriver driver =
            InMemoryDriver.on(Schedulers.parallel()).onDial(this::answer);
    private final Sinks.One<Object> result = Sinks.one();
    private final List<String> threads = new CopyOnWriteArrayList<>();
    private final Sinks.Empty<Void> interrupted = Sinks.empty();
    private boolean released;
    private PluginHost host = host((events, context) -> Flux.never());

    private void answer(InMemoryPeer peer) {
        peer.accept();
        if (peer.spec().connection().equals("login")) {
            peer.text("ticket");
        } else {
            peer.text("go");
        }
    }

    private PluginHost host(ServicePlugin plugin) {
        return PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", GRANTS))
                .plugin(Manifest.parse("plugin.yaml", MANIFEST), plugin)
                .settings(HostSettings.defaults().withCloseTimeout(Duration.ofSeconds(20)))
                .build();
    }

    private Object resultOf(ServicePlugin plugin) {
        host = host(plugin);
        host.start().block(PATIENCE);
        return result.asMono().block(PATIENCE);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(host.stop(Duration.ofSeconds(20)).block(PATIENCE)).isEqualTo(StopReport.CLEAN);
        assertThat(driver.dials()).allMatch(InMemoryPeer::isGone);
        Flux.interval(Duration.ofMillis(5))
                .filter(tick -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("headgate-p/")))
                .blockFirst(PATIENCE);
        assertThat(host.status().services().get(0).exchanges().conserved()).isTrue();
        assertThat(host.status().services().get(0).exchanges().open()).isZero();
    }

    @Test
    @DisplayName("R9: a handler that blocks its worker for an answer gets it")
    void a_handler_may_block_for_an_answer() {
        Object ticket = resultOf((events, context) -> events.take(1)
                .concatMap(
                        event -> {
                            result.tryEmitValue(String.valueOf(context.exchange("login")
                                    .flatMap(exchange -> exchange.recv(PATIENCE)
                                            .doOnNext(text -> threads.add(
                                                    Thread.currentThread().getName()))
                                            .flatMap(text ->
                                                    exchange.sendText("thanks").thenReturn(text))
                                            .flatMap(text -> exchange.close().thenReturn(text)))
                                    .map(PulledText::text)
                                    .block(PATIENCE)));
                            return Mono.empty();
                        },
                        0));

        assertThat(ticket).isEqualTo("ticket");
        assertThat(threads).singleElement().asString().startsWith("headgate-p/s-exchange");
        assertThat(driver.peer("login").sent()).containsExactly("thanks");
    }

    @Test
    @DisplayName("R9: on the thread of the exchanges themselves nothing can wait for an exchange")
    void blocking_on_that_thread_is_refused() {
        Object refused = resultOf((events, context) -> events.take(1)
                .concatMap(event -> context.exchange("login"), 0)
                .concatMap(
                        exchange -> exchange.recv(PATIENCE)
                                .map(first ->
                                        String.valueOf(exchange.recv(PATIENCE).block(PATIENCE))),
                        0)
                .doOnError(result::tryEmitValue)
                .onErrorComplete()
                .thenMany(Flux.empty()));

        assertThat(refused)
                .isInstanceOf(IllegalStateException.class)
                .asString()
                .contains("not supported in thread headgate-p/s-exchange");
    }

    @Test
    @DisplayName("invariant 7: a handler that blocks for an answer that never comes is woken by the stop")
    void a_stop_wakes_a_handler_that_blocks() {
        Sinks.One<Object> waits = Sinks.one();
        host = host((events, context) -> events.take(1)
                .concatMap(
                        event -> {
                            context.exchange("login")
                                    .flatMap(exchange -> exchange.recv(PATIENCE)
                                            .doOnNext(waits::tryEmitValue)
                                            .then(exchange.recv(Duration.ofMinutes(5))))
                                    .doOnError(result::tryEmitValue)
                                    .onErrorComplete()
                                    .block();
                            return Mono.empty();
                        },
                        0));
        host.start().block(PATIENCE);
        waits.asMono().block(PATIENCE);
        StopReport report = host.stop(Duration.ZERO).block(PATIENCE);

        assertThat(report).isNotNull();
        assertThat(report.zombies()).isEmpty();
        assertThat(result.asMono().block(PATIENCE))
                .isInstanceOfSatisfying(
                        PullException.class, error -> assertThat(error.reason()).isEqualTo(Reason.CLOSED));
        host = host((events, context) -> Flux.never());
    }

    @Test
    @DisplayName("invariant 7: code that does not return from what it was told is named, and does not hold up the stop")
    void code_that_does_not_return_is_a_zombie() {
        Sinks.One<Object> inside = Sinks.one();
        PluginHost zombies = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", GRANTS))
                .settings(HostSettings.defaults().withCloseTimeout(Duration.ofMillis(50)))
                .plugin(
                        Manifest.parse("plugin.yaml", MANIFEST),
                        (events, context) -> context.exchange("login")
                                .doOnNext(exchange -> {
                                    inside.tryEmitValue("here");
                                    waitUntilReleased();
                                })
                                .thenMany(Flux.never()))
                .build();
        zombies.start().block(PATIENCE);
        inside.asMono().block(PATIENCE);
        try {
            StopReport report = zombies.stop(Duration.ZERO).block(PATIENCE);

            assertThat(report).isNotNull();
            assertThat(report.zombies()).containsExactly("p/s");
            interrupted.asMono().block(PATIENCE);
        } finally {
            release();
        }
    }

    /** Whatever interrupts it. */
    private void waitUntilReleased() {
        synchronized (interrupted) {
            while (!released) {
                try {
                    interrupted.wait(1_000);
                } catch (InterruptedException ignored) {
                    interrupted.tryEmitEmpty();
                }
            }
        }
    }

    private void release() {
        synchronized (interrupted) {
            released = true;
            interrupted.notifyAll();
        }
    }
}
