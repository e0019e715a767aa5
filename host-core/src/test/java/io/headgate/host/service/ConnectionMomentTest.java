package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.ReconnectSettings;
import io.headgate.host.authority.Verdict;
import io.headgate.host.diagnostics.ConnectionState;
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
import reactor.test.scheduler.VirtualTimeScheduler;

/** Who leaves a state goes on, and nobody else. */
@Timeout(60)
final class ConnectionMomentTest {

    private static final int ROUNDS = 2_000;
    private static final Due DUE = new Due(1, 5_000, 5_000);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ConnectionMoment moment = new ConnectionMoment(
            "chat", Environments.of(() -> Environments.NOTHING, ReconnectSettings.defaults(), time));
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        time.dispose();
    }

    @Test
    void what_is_due_is_gone_with_the_state() {
        moment.waitFor(DUE, LiveSession.none(), "");
        assertThat(moment.now().due()).isEqualTo(DUE);

        assertThat(leave()).isTrue();
        assertThat(moment.now().state()).isEqualTo(ConnectionState.CONNECTING);
        assertThat(moment.now().due()).isNull();
        assertThat(leave()).isFalse();
    }

    @Test
    void what_is_due_is_gone_with_the_service() {
        moment.waitFor(DUE, LiveSession.none(), "");
        moment.enter(ConnectionState.STOPPED, LiveSession.none(), "");
        moment.waitFor(DUE, LiveSession.none(), "");

        assertThat(moment.now().due()).isNull();
        assertThat(leave()).isFalse();
    }

    @Test
    @DisplayName("of the timer and a narrowed grant that come together, one goes on, and nothing is due any more")
    void one_of_two_leaves() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Boolean> leaves = () -> {
            start.await();
            return leave();
        };
        for (int round = 0; round < ROUNDS; round++) {
            moment.waitFor(DUE, LiveSession.none(), "");
            int left = 0;
            for (Future<Boolean> one : threads.invokeAll(List.of(leaves, leaves))) {
                left += one.get() ? 1 : 0;
            }
            assertThat(left).isEqualTo(1);
            assertThat(moment.now().due()).isNull();
        }
    }

    private boolean leave() {
        return moment.leave(Set.of(ConnectionState.WAITING), ConnectionMomentTest::afterAWhile)
                instanceof Verdict.Allowed;
    }

    /** Long enough for the other one to come, were there no lock. */
    private static Verdict afterAWhile() {
        for (int spin = 0; spin < 2_000; spin++) {
            Thread.onSpinWait();
        }
        return Verdict.ALLOWED;
    }
}
