package io.headgate.host.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Which thread runs plugin code, on real threads: invariants 6 and 7. */
@Timeout(120)
final class HostThreadsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final InMemoryDriver driver = InMemoryDriver.on(Schedulers.parallel());

    private PluginHost host(ConnectionDriver dialling, ServicePlugin plugin) {
        return PluginHost.builder()
                .driver(dialling)
                .grants(GrantFile.parse("grants.yaml", HostFixture.GRANTS))
                .plugin(Manifest.parse("plugin.yaml", HostFixture.MANIFEST), plugin)
                .build();
    }

    @Test
    @DisplayName("invariant 6: commands are made on the service's worker, even when an outcome asks for them")
    void an_outcome_does_not_make_the_sessions_thread_run_plugin_code() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        Sinks.Empty<Void> filled = Sinks.empty();
        Sinks.Empty<Void> made = Sinks.empty();
        int window = HostSettings.defaults().commands().undecided();
        ServicePlugin flooding = (events, context) -> events.ofType(IngressEvent.Text.class)
                .take(1)
                .thenMany(Flux.<OutputCommand, Integer>generate(() -> 0, (n, sink) -> {
                    threads.add(Thread.currentThread().getName());
                    sink.next(OutputCommand.sendText("chat", "n" + n));
                    if (n == window - 1) {
                        filled.tryEmitEmpty();
                    }
                    if (n == 2 * window) {
                        made.tryEmitEmpty();
                        sink.complete();
                    }
                    return n + 1;
                }));
        Sinks.Empty<Void> dialled = Sinks.empty();
        driver.onDial(peer -> {
            if (peer.spec().connection().equals("feed")) {
                dialled.tryEmitEmpty();
            }
        });
        PluginHost host = host(driver, flooding);
        host.start().block(SOON);
        dialled.asMono().block(SOON);
        InMemoryPeer peer = driver.peer("chat").accept("chat.v1").stall().text("go");
        filled.asMono().block(SOON);
        peer.resume();
        made.asMono().block(SOON);
        host.stop(Duration.ZERO).block(SOON);

        assertThat(threads).containsExactly("headgate-test.plugin/bridge");
    }

    @Test
    @DisplayName("invariant 7: a plugin that blocks in its cancel does not hold up the stop")
    void a_cancel_that_blocks_does_not_block_the_hosts_timer() {
        CountDownLatch never = new CountDownLatch(1);
        ServicePlugin stubborn = (events, context) -> events.thenMany(Flux.<OutputCommand>never())
                .doOnCancel(() -> {
                    try {
                        never.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                });
        PluginHost host = host(driver, stubborn);
        host.start().block(SOON);

        assertThat(host.stop(Duration.ofMillis(10)).block(SOON)).isNotNull();
    }

    @Test
    @DisplayName("invariant 7: code that returns after the stop is told that it was cancelled, and can clear up")
    void a_zombie_that_returns_gets_its_cancel() {
        CountDownLatch released = new CountDownLatch(1);
        Sinks.Empty<Void> blocked = Sinks.empty();
        Sinks.Empty<Void> cancelled = Sinks.empty();
        ServicePlugin deaf = (events, context) -> Flux.merge(
                events.doOnNext(event -> {
                            blocked.tryEmitEmpty();
                            awaitDeaf(released);
                        })
                        .thenMany(Flux.empty()),
                Flux.<OutputCommand>never().doOnCancel(cancelled::tryEmitEmpty));
        PluginHost host = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", HostFixture.GRANTS))
                .plugin(Manifest.parse("plugin.yaml", HostFixture.MANIFEST), deaf)
                .settings(HostSettings.defaults().withCloseTimeout(Duration.ofMillis(50)))
                .build();
        host.start().block(SOON);
        blocked.asMono().block(SOON);
        assertThat(requireNonNull(host.stop(Duration.ZERO).block(SOON)).zombies())
                .containsExactly("test.plugin/bridge");
        released.countDown();
        cancelled.asMono().block(SOON);
    }

    /** As the worst of plugins does. */
    private static void awaitDeaf(CountDownLatch released) {
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException deaf) {
                // Goes on waiting.
            }
        }
    }

    @Test
    @DisplayName("invariant 6: a driver that throws fails its connection, not the service")
    void a_driver_that_throws_fails_the_dial_only() {
        Sinks.Many<IngressEvent> failures = Sinks.many().replay().all();
        PluginHost host = host(
                (spec, handler) -> {
                    throw new IllegalStateException("secret");
                },
                (events, context) -> events.ofType(IngressEvent.Failed.class)
                        .doOnNext(failures::tryEmitNext)
                        .thenMany(Flux.empty()));
        host.start().block(SOON);

        assertThat(failures.asFlux().take(3).collectList().block(SOON))
                .extracting(IngressEvent::connection)
                .contains("chat", "feed");
        host.stop(SOON).block(SOON);
        assertThat(host.history().toString()).doesNotContain("secret");
    }

    @Test
    @DisplayName("the diagnostics of a host with a timer of its own end with the last one, and complete")
    void the_diagnostics_complete_after_the_last_one() {
        PluginHost host = host(driver, (events, context) -> events.thenMany(Flux.empty()));
        Sinks.One<List<Diagnostic>> told = Sinks.one();
        host.diagnostics().collectList().subscribe(told::tryEmitValue);
        host.start().block(SOON);
        host.stop(SOON).block(SOON);

        List<Diagnostic> all = requireNonNull(told.asMono().block(SOON));
        assertThat(all).isEqualTo(host.history());
        assertThat(all.get(all.size() - 1).message()).isEqualTo("service is STOPPED: nothing of it is left");
        assertThat(host.diagnostics().collectList().block(SOON)).isEmpty();
    }

    @Test
    void a_host_that_never_started_stops_twice_at_once() {
        PluginHost host = host(driver, (events, context) -> Flux.never());
        assertThat(host.stop(SOON.multipliedBy(9)).block(SOON).cutOff()).isEmpty();
        assertThat(host.stop(SOON.multipliedBy(9)).block(SOON).cutOff()).isEmpty();
    }
}
