package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.command.PendingTimers;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Invariants 1, 2, 5 and 7: a budget on real threads, with stalls, lost sessions, changes of grants, and a stop in the middle. */
@Timeout(240)
final class SendBudgetStressTest {

    private static final int ROUNDS = 80;
    private static final int TEXTS = 40;
    private static final int BUDGET = 20;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What a peer saw, by its own clock. */
    private record Arrival(long nanos, String text) {}

    private final Scheduler thread = Schedulers.newSingle("test-timer");
    /** One clock for host and peer: a clock that somebody sets is no stress of the host's. */
    private final PendingTimers timer = new PendingTimers(thread, System::nanoTime);

    private final InMemoryDriver driver = InMemoryDriver.on(Schedulers.parallel());
    private final Sinks.Many<OutputCommand> commands = Sinks.many().unicast().onBackpressureBuffer();
    private final Queue<CommandOutcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final PluginHost host = PluginHost.builder()
            .driver(driver.onDial(this::accept))
            .grants(granting("subscribe, send", "send-budget: 20/50ms"))
            .settings(HostSettings.defaults().withCommands(settings -> settings.withBudgetWait(Duration.ofMillis(60))))
            .plugin(
                    Manifest.parse(
                            "plugin.yaml",
                            "version: 1\nid: p\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n"
                                    + "    connections:\n      - {name: c, target: \"wss://h/\", access: [subscribe, send]}\n"),
                    (events, context) -> Flux.merge(events.thenMany(Flux.empty()), commands.asFlux()))
            .schedulers(timer, name -> Schedulers.newSingle(name))
            .audited((command, outcome) -> outcomes.add(outcome))
            .build();
    private int issued;
    private boolean stalled;

    private static GrantFile granting(String access, String budget) {
        return GrantFile.parse(
                "grants.yaml",
                "version: 1\ngrants:\n  - plugin: p\n    websocket:\n      - {target: \"wss://h/\", access: [" + access
                        + "], " + budget + "}\n    reconnect: {policy: manual}\n");
    }

    private void accept(InMemoryPeer peer) {
        peer.received()
                .ofType(Frame.Text.class)
                .subscribe(text -> arrivals.add(new Arrival(System.nanoTime(), text.text())));
        peer.accept();
    }

    @AfterEach
    void stop() {
        host.stop(Duration.ZERO).block(LIMIT);
        thread.dispose();
    }

    @Test
    @DisplayName("No peer ever counts more than the budget in a window of its own; nothing is lost, nothing twice")
    void neverMoreThanTheBudgetInAnyWindow() {
        host.start().block(LIMIT);
        await(this::isOpen);
        for (int round = 0; round < ROUNDS; round++) {
            issue();
            act(round);
            // Behind a stalled peer texts wait for the wire, for ever.
            await(() -> stalled || outcomes.size() >= issued - 3 * TEXTS);
        }
        issue();
        host.stop(Duration.ZERO).block(LIMIT);
        await(() -> timer.pending() == 0);

        CommandCounts counts = host.status().services().get(0).commands();
        assertThat(counts.conserved()).isTrue();
        assertThat(counts.inFlight()).isZero();
        assertThat(outcomes).hasSize((int) counts.issued());
        assertThat(ids(Result.SENT)).doesNotHaveDuplicates();
        List<String> seen = arrivals.stream().map(Arrival::text).toList();
        assertThat(seen).doesNotHaveDuplicates().containsAll(ids(Result.SENT));
        assertThat(seen).hasSizeLessThanOrEqualTo((int) (counts.sent() + counts.failed()));
        assertThat(seen).as("in command order").isSortedAccordingTo((a, b) -> number(a) - number(b));
        assertThat(mostInAPeriod()).isLessThanOrEqualTo(BUDGET);
        // Else nothing was bounded, or nothing has raced.
        assertThat(counts.sent()).isGreaterThan(BUDGET);
        assertThat(counts.denied()).isPositive();
        assertThat(outcomes).anyMatch(outcome -> outcome.rule().equals("over-send-budget"));
        System.out.println("send budget: rounds=" + ROUNDS + ", most in a period=" + mostInAPeriod() + ", " + counts);
    }

    private void act(int round) {
        InMemoryPeer peer = driver.peer("c");
        switch (round % 8) {
            case 1 ->
                host.grants(granting("subscribe, send", "send-budget: 10/50ms")).block(LIMIT);
            case 2 -> {
                stalled = true;
                peer.stall();
            }
            case 3 -> {
                stalled = false;
                peer.resume();
            }
            case 4 -> {
                host.grants(granting("subscribe", "subprotocols: []")).block(LIMIT);
                issue();
                await(() -> counts().denied() > 0);
                host.grants(granting("subscribe, send", "send-budget: 20/50ms")).block(LIMIT);
            }
            case 5 -> peer.lag();
            case 6 -> {
                peer.reset();
                await(() -> state() == ConnectionState.DOWN);
                commands.tryEmitNext(OutputCommand.reconnect("c")).orThrow();
                issued++;
                await(this::isOpen);
            }
            default -> {}
        }
    }

    private void issue() {
        for (int text = 0; text < TEXTS; text++) {
            String name = "t" + issued++;
            commands.tryEmitNext(OutputCommand.sendText("c", name).withId(name)).orThrow();
        }
    }

    private List<String> ids(Result result) {
        return outcomes.stream()
                .filter(outcome -> outcome.result() == result)
                .map(CommandOutcome::commandId)
                .toList();
    }

    private static int number(String text) {
        return Integer.parseInt(text.substring(1));
    }

    private int mostInAPeriod() {
        Deque<Long> window = new ArrayDeque<>();
        int most = 0;
        for (Arrival arrival : arrivals) {
            while (!window.isEmpty() && arrival.nanos() - window.peekFirst() > PERIOD_NANOS) {
                window.removeFirst();
            }
            window.addLast(arrival.nanos());
            most = Math.max(most, window.size());
        }
        return most;
    }

    private CommandCounts counts() {
        return host.status().services().get(0).commands();
    }

    private ConnectionState state() {
        return host.status().services().get(0).connections().get(0).state();
    }

    private boolean isOpen() {
        return state() == ConnectionState.OPEN;
    }

    private static void await(BooleanSupplier condition) {
        Mono.fromSupplier(condition::getAsBoolean)
                .filter(met -> met)
                .repeatWhenEmpty(empty -> empty.delayElements(Duration.ofNanos(100_000)))
                .block(LIMIT);
    }
}
