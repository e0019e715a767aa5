package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Authority;
import io.headgate.host.authority.ReconnectSettings;
import io.headgate.host.authority.Verdict;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.ingress.IngressLane;
import io.headgate.host.ingress.LaneListener;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** When the chain goes on: whoever left its state, and however shortly before or after it began to wait. */
@Timeout(120)
final class DialTurnTest {

    private static final int ROUNDS = 2_000;
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Scheduler timer = Schedulers.newSingle("timer");
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private volatile Authority authority = Environments.GRANTED;
    private final ServiceEnvironment service = Environments.of(() -> authority, ReconnectSettings.defaults(), timer);
    private final ConnectionMoment moment = new ConnectionMoment("chat", service);
    private final DialTurn turn = new DialTurn(
            new Permission("chat", service, () -> 1),
            moment,
            new ConnectionReporter(
                    "chat", service, new IngressLane(service.laneBounds(), LaneListener.NONE).connection("chat")));

    @AfterEach
    void stop() {
        threads.shutdownNow();
        timer.dispose();
    }

    @Test
    void what_was_left_before_it_is_waited_for_is_not_waited_for() {
        enter(ConnectionState.DOWN);
        leaveDown();
        turn.look();

        StepVerifier.create(turn.comes()).expectComplete().verify(LONG);
    }

    @Test
    void a_look_alone_is_no_turn() {
        enter(ConnectionState.DOWN);

        StepVerifier.create(turn.comes())
                .expectSubscription()
                .then(turn::look)
                .then(turn::look)
                .then(() -> assertThat(moment.now().state()).isEqualTo(ConnectionState.DOWN))
                .then(this::leaveDown)
                .then(turn::look)
                .expectComplete()
                .verify(LONG);
    }

    @Test
    @DisplayName("no turn is lost: the state is left while the chain begins to wait")
    void a_command_beside_the_chain() throws Exception {
        race(() -> enter(ConnectionState.DOWN), () -> {
            leaveDown();
            turn.look();
        });
    }

    @Test
    @DisplayName("no turn is lost: the authority is widened while the chain begins to wait")
    void a_wider_grant_beside_the_chain() throws Exception {
        race(
                () -> {
                    authority = Environments.NOTHING;
                    enter(ConnectionState.DENIED);
                },
                () -> {
                    authority = Environments.GRANTED;
                    turn.look();
                });
    }

    @Test
    @DisplayName("no turn is lost: the authority is narrowed while the chain begins to wait for an hour")
    void a_narrower_grant_beside_the_chain() throws Exception {
        race(
                () -> {
                    authority = Environments.GRANTED;
                    moment.waitFor(
                            new Due(
                                    1,
                                    service.steadyMillis() + Duration.ofHours(1).toMillis(),
                                    0),
                            LiveSession.none(),
                            "");
                },
                () -> {
                    authority = Environments.NOTHING;
                    turn.look();
                });
    }

    @Test
    @DisplayName("no turn is lost: the authority is narrowed in the moment in which the host leaves DENIED by itself")
    void a_narrower_grant_in_the_moment_of_leaving() throws Exception {
        enter(ConnectionState.DENIED);
        Callable<Void> chain = () -> {
            StepVerifier.create(turn.comes()).expectComplete().verify(LONG);
            return null;
        };
        Future<Void> waiting;
        synchronized (moment) {
            waiting = threads.submit(chain);
            awaitTimerBeforeTheLock();
            authority = Environments.NOTHING;
            turn.look();
        }

        waiting.get();
        assertThat(moment.now().state()).isEqualTo(ConnectionState.CONNECTING);
    }

    private static void awaitTimerBeforeTheLock() {
        Flux.interval(Duration.ofMillis(5))
                .filter(look -> Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread ->
                                thread.getName().startsWith("timer-") && thread.getState() == Thread.State.BLOCKED))
                .blockFirst(LONG);
    }

    private void race(Runnable begins, Runnable gives) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Void> chain = () -> {
            start.await();
            StepVerifier.create(turn.comes()).expectComplete().verify(LONG);
            return null;
        };
        Callable<Void> other = () -> {
            start.await();
            gives.run();
            return null;
        };
        for (int round = 0; round < ROUNDS; round++) {
            begins.run();
            for (Future<Void> one : threads.invokeAll(List.of(chain, other))) {
                one.get();
            }
            assertThat(moment.now().state()).isEqualTo(ConnectionState.CONNECTING);
        }
    }

    private void enter(ConnectionState state) {
        moment.enter(state, LiveSession.none(), "");
    }

    private void leaveDown() {
        assertThat(moment.leave(Set.of(ConnectionState.DOWN), () -> Verdict.ALLOWED))
                .isEqualTo(Verdict.ALLOWED);
    }
}
