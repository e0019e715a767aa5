package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.EventId;
import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A plugin that blocks its thread, which is a real one; all else is in virtual time. The row "blocks" of the table "A
 * service's life"; invariants 6 and 7.
 */
@Timeout(120)
final class ZombieTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Scheduler worker = Schedulers.newSingle("blocked-plugin", true);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Sinks.Empty<Void> blocked = Sinks.empty();
    private final Sinks.Empty<OutputCommand> failing = Sinks.empty();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final List<Long> incarnations = new ArrayList<>();

    /** Blocks in the first text, and fails its output from elsewhere when the test says so. */
    private final ServicePlugin blocking = (events, context) -> {
        incarnations.add(context.incarnation());
        Flux<OutputCommand> answers = events.ofType(IngressEvent.Text.class)
                .doOnNext(text -> block())
                .concatMapIterable(ZombieTest::answers, 1);
        return context.incarnation() == 1 ? answers.mergeWith(failing.asMono()) : answers;
    };

    private static List<OutputCommand> answers(IngressEvent.Text text) {
        return List.of(text.reply("late"), OutputCommand.reportStatus(Health.OK, "late"));
    }

    private void block() {
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        blocked.tryEmitEmpty();
        awaitRelease();
        running.decrementAndGet();
    }

    /** Deaf to interrupts, as the worst of plugins are. */
    private void awaitRelease() {
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException ignored) {
                // As a plugin does that nobody can stop.
            }
        }
    }

    @AfterEach
    void letGo() {
        released.countDown();
        worker.dispose();
    }

    private HostFixture fixture() {
        return HostFixture.restarting(blocking, settings -> settings, "{first: 1s}", worker);
    }

    /** The plugin has run what it was given. */
    private void settle() {
        Mono.fromRunnable(() -> {}).subscribeOn(worker).block(SOON);
    }

    private InMemoryPeer openAndBlock(HostFixture fixture) {
        fixture.start();
        settle();
        InMemoryPeer peer = fixture.driver.peer("chat").accept("chat.v1");
        fixture.tick();
        settle();
        peer.text("a").text("b");
        fixture.tick();
        blocked.asMono().block(SOON);
        return peer;
    }

    @Test
    @DisplayName("blocks: the age of the event in hand is in the status, STALLED past the bound")
    void a_plugin_that_blocks_is_seen_to() {
        try (HostFixture fixture = fixture()) {
            openAndBlock(fixture);
            fixture.after(Duration.ofSeconds(33));
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STALLED);
            assertThat(fixture.status().life().inHand()).hasValueSatisfying(held -> {
                assertThat(held.event()).isEqualTo(new EventId("chat", 1, 2));
                assertThat(held.ageMillis()).isEqualTo(33_000);
            });
            released.countDown();
            settle();
            fixture.after(Duration.ofSeconds(3));
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RUNNING);
        }
    }

    @Test
    @DisplayName("restart: the next incarnation starts only after the last onNext of the one before has returned")
    void a_failed_incarnation_that_still_runs_is_a_zombie_and_the_next_one_waits() {
        try (HostFixture fixture = fixture()) {
            InMemoryPeer peer = openAndBlock(fixture);
            failing.tryEmitError(new IllegalStateException());
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RESTARTING);
            fixture.after(Duration.ofSeconds(1));
            assertThat(fixture.status().state()).isEqualTo(ServiceState.RESTARTING);
            fixture.after(Duration.ofSeconds(5));

            assertThat(fixture.status().state()).isEqualTo(ServiceState.ZOMBIE);
            assertThat(fixture.told(Diagnostic.ServiceChanged.class))
                    .last()
                    .satisfies(told -> assertThat(told.detail())
                            .isEqualTo("code of incarnation 1 has not returned, with event chat/1/2 in hand;"
                                    + " the next one waits for it"));
            fixture.after(Duration.ofHours(1));
            assertThat(incarnations).containsExactly(1L);

            released.countDown();
            settle();
            fixture.tick();
            settle();
            settle();
            fixture.tick();
            assertThat(incarnations).containsExactly(1L, 2L);
            assertThat(mostRunning).hasValue(1);
            assertThat(peer.sent()).containsExactly("late");
            assertThat(fixture.status().life().restarts()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("invariant 7: stop completes at its deadline and names the zombie; what it emits goes nowhere")
    void a_plugin_that_blocks_past_the_stop_is_named() {
        try (HostFixture fixture = fixture()) {
            InMemoryPeer peer = openAndBlock(fixture);
            List<StopReport> reports = new ArrayList<>();
            fixture.host.stop(Duration.ofSeconds(5)).subscribe(reports::add);
            fixture.after(Duration.ofSeconds(5)).after(Duration.ofSeconds(4));
            assertThat(reports).isEmpty();
            fixture.after(Duration.ofSeconds(1));

            String service = "test.plugin/bridge";
            assertThat(reports).containsExactly(new StopReport(List.of(service), List.of(service), List.of()));
            assertThat(fixture.told(Diagnostic.PluginFault.class))
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.message())
                            .startsWith("code of the plugin has not returned, with event chat/1/2 in hand"));
            released.countDown();
            settle();
            assertThat(peer.sent()).isEmpty();
            assertThat(fixture.commandCounts().rejected())
                    .isEqualTo(fixture.commandCounts().issued())
                    .isPositive();
            assertThat(fixture.status().reported()).isEmpty();
        }
    }
}
