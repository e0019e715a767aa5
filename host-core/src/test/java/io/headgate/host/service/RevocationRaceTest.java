package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Invariant 1: sends race with the taking of their grant, on real threads. */
@Timeout(240)
final class RevocationRaceTest {

    private static final int ROUNDS = 10_000;
    private static final int TEXTS = 12;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final GrantFile GRANTED = GrantFile.parse("grants.yaml", HostFixture.GRANTS);
    private static final GrantFile LISTENING = GrantFile.parse(
            "grants.yaml",
            HostFixture.GRANTS.replace(
                    "v1\", access: [subscribe, send], subprotocols", "v1\", access: [subscribe], subprotocols"));

    private final InMemoryDriver driver = InMemoryDriver.on(Schedulers.parallel());
    private final Sinks.Many<OutputCommand> commands = Sinks.many().unicast().onBackpressureBuffer();
    private final ConcurrentLinkedQueue<CommandOutcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Map<Result, Integer> results = new EnumMap<>(Result.class);
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final PluginHost host = PluginHost.builder()
            .driver(driver.onDial(RevocationRaceTest::acceptChat))
            .grants(GRANTED)
            .plugin(
                    Manifest.parse("plugin.yaml", HostFixture.MANIFEST),
                    (events, context) -> Flux.merge(events.thenMany(Flux.empty()), commands.asFlux()))
            .audited((command, outcome) -> outcomes.add(outcome))
            .build();

    private static void acceptChat(InMemoryPeer peer) {
        if (peer.spec().connection().equals("chat")) {
            peer.accept("chat.v1");
        }
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        host.stop(Duration.ZERO).block(LIMIT);
    }

    @Test
    @DisplayName("Nothing leaves after the acknowledgement: 10,000 rounds, with a peer that reads, stalls, or lags")
    void nothingLeavesAfterTheAcknowledgement() throws Exception {
        host.start().block(LIMIT);
        await(() -> host.status().services().get(0).connections().get(0).state() == ConnectionState.OPEN);
        InMemoryPeer peer = driver.peer("chat");
        List<Consumer<InMemoryPeer>> faults = List.of(reading -> {}, InMemoryPeer::stall, InMemoryPeer::lag);
        for (int round = 0; round < ROUNDS; round++) {
            faults.get(round % faults.size()).accept(peer);
            round(peer);
        }

        assertThat(driver.dials().stream()
                        .filter(dial -> dial.spec().connection().equals("chat")))
                .hasSize(1);
        // Else nothing has raced.
        assertThat(results.get(Result.SENT)).isGreaterThan(ROUNDS / 10);
        assertThat(results.get(Result.DENIED)).isGreaterThan(ROUNDS / 10);
        System.out.println("revocation: rounds=" + ROUNDS + ", " + results);
    }

    private void round(InMemoryPeer peer) throws Exception {
        Phaser together = new Phaser(3);
        Future<?> issuing = threads.submit(() -> {
            together.arriveAndAwaitAdvance();
            for (int text = 0; text < TEXTS; text++) {
                commands.tryEmitNext(OutputCommand.sendText("chat", "x")).orThrow();
            }
        });
        Future<?> resuming = threads.submit(() -> {
            together.arriveAndAwaitAdvance();
            peer.resume();
        });
        together.arriveAndAwaitAdvance();
        host.grants(LISTENING).block(LIMIT);
        int taken = peer.sent().size();
        long left = left();
        issuing.get();
        resuming.get();
        await(() -> outcomes.size() == TEXTS);
        assertThat(peer.sent())
                .as("taken by the peer after the acknowledgement")
                .hasSize(taken);
        assertThat(left()).as("left, or may have, after the acknowledgement").isEqualTo(left);
        outcomes.forEach(outcome -> results.merge(outcome.result(), 1, Integer::sum));
        outcomes.clear();
        host.grants(GRANTED).block(LIMIT);
    }

    private long left() {
        return outcomes.stream()
                .filter(outcome -> outcome.result() == Result.SENT || outcome.result() == Result.FAILED)
                .count();
    }

    private static void await(BooleanSupplier condition) {
        if (!condition.getAsBoolean()) {
            Mono.fromSupplier(condition::getAsBoolean)
                    .filter(met -> met)
                    .repeatWhenEmpty(empty -> empty.delayElements(Duration.ofNanos(100_000)))
                    .block(LIMIT);
        }
    }
}
