package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Target;
import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** R10: dials under way are bounded for each service and each loop. */
final class DialGateTest {

    private static final DialTimeouts TIMEOUTS = DialTimeouts.defaults();

    private final NettyServer server = new NettyServer(null);
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private ReactorNettyDriver driver = driver(loops -> loops.withHandshakesPerService(1));

    private ReactorNettyDriver driver(UnaryOperator<LoopOptions> loops) {
        return ReactorNettyDriver.create(
                WebSocketOptions.defaults().withEventLoops(1).withLoops(loops), time);
    }

    @AfterEach
    void stop() {
        driver.disposeLater().block(Recording.LIMIT);
        server.close();
    }

    private Recording dial(String service, Answer answer) {
        return Recording.of(driver, Recording.spec(server.target(answer), service));
    }

    private void await(Predicate<DialCounts> expected) {
        Flux.interval(Duration.ofMillis(5))
                .filter(tick -> expected.test(driver.dials()))
                .blockFirst(Recording.LIMIT);
    }

    private void awaitRequests(int count) {
        Flux.interval(Duration.ofMillis(5))
                .filter(tick -> server.requests() == count)
                .blockFirst(Recording.LIMIT);
    }

    @Test
    @DisplayName("Pitfall 2: a dial's deadlines begin with its turn")
    void theDeadlinesBeginWithTheTurn() {
        Recording first = dial("s", Answer.SILENT);
        Recording second = dial("s", Answer.SILENT);
        assertThat(driver.dials()).isEqualTo(new DialCounts(1, 1, 1, 0));
        awaitRequests(1);
        time.advanceTimeBy(TIMEOUTS.upgrade());
        first.failure(FailureKind.TIMEOUT);

        awaitRequests(2);
        assertThat(driver.dials()).isEqualTo(new DialCounts(1, 0, 1, 0));
        time.advanceTimeBy(TIMEOUTS.upgrade().minusMillis(1));
        assertThat(driver.dials().dialling()).isEqualTo(1);
        time.advanceTimeBy(Duration.ofMillis(1));
        second.failure(FailureKind.TIMEOUT);
        assertThat(driver.dials()).isEqualTo(new DialCounts(0, 0, 1, 0));
    }

    @Test
    void anOpenSessionHoldsNoSlot() {
        dial("s", Answer.ACCEPT).session();
        dial("s", Answer.ACCEPT).session();

        assertThat(driver.dials().dialling()).isZero();
    }

    @Test
    void aRefusalFreesTheSlot() {
        Recording silent = dial("s", Answer.SILENT);
        Recording refused = dial("s", Answer.REFUSE);
        Recording accepted = dial("s", Answer.ACCEPT);
        awaitRequests(1);
        assertThat(driver.dials()).isEqualTo(new DialCounts(1, 2, 2, 0));
        silent.cancel();
        refused.failure(FailureKind.HANDSHAKE);
        accepted.session();

        assertThat(driver.dials()).isEqualTo(new DialCounts(0, 0, 2, 0));
    }

    @Test
    void aDialThatIsCancelledWhileItWaitsIsForgotten() {
        Recording silent = dial("s", Answer.SILENT);
        Recording waiting = dial("s", Answer.SILENT);
        waiting.cancel();
        assertThat(driver.dials()).isEqualTo(new DialCounts(1, 0, 1, 0));
        awaitRequests(1);
        silent.cancel();

        assertThat(driver.dials()).isEqualTo(new DialCounts(0, 0, 1, 0));
        assertThat(driver.homes().services()).isZero();
    }

    @Test
    @DisplayName("A session that is given up in the moment in which it opens is closed")
    void aCancelBetweenTheSlotAndTheSession() throws Exception {
        ReactorNettyDriver first = driver;
        driver = driver(loops -> loops.withHandshakesPerLoop(1));
        HomeLoops.Seat seat = driver.homes().hold("s");
        Sinks.One<Recording> dialled = Sinks.one();
        // Waits for the slot that the dial leaves with the 101: so it cancels before the session is handed over.
        Mono<Recording> cancelling =
                driver.gate().ofLoop(seat.loop()).hold(dialled.asMono().doOnNext(Recording::cancel));
        try (RawServer raw = new RawServer(request -> {
            cancelling.subscribe();
            return RawServer.upgradeAnd().to(request);
        })) {
            dialled.tryEmitValue(Recording.of(driver, Recording.spec(raw.target(), "s")))
                    .orThrow();

            assertThat(raw.received().get(20, TimeUnit.SECONDS)).as("hung up").isEmpty();
        } finally {
            first.disposeLater().block(Recording.LIMIT);
        }
        driver.homes().release(seat);
        // The peer sees the end before the dial's own thread has given its slot and its seat back.
        await(counts -> counts.dialling() == 0 && driver.homes().services() == 0);
    }

    @Test
    void theServicesOfALoopShareItsSlots() {
        ReactorNettyDriver first = driver;
        driver = driver(loops -> loops.withHandshakesPerLoop(1));
        try {
            Recording silent = dial("one", Answer.SILENT);
            Recording other = dial("two", Answer.ACCEPT);
            assertThat(driver.dials()).isEqualTo(new DialCounts(1, 1, 0, 1));
            silent.cancel();
            other.session();
        } finally {
            first.disposeLater().block(Recording.LIMIT);
        }
    }

    @Test
    void oneServiceDoesNotHoldUpAnother() {
        dial("one", Answer.SILENT);
        dial("one", Answer.SILENT);
        dial("two", Answer.ACCEPT).session();

        await(counts -> counts.equals(new DialCounts(1, 1, 1, 0)));
    }

    @Test
    void whatWaitsWhenTheDriverIsDisposedFails() {
        Target target = server.target(Answer.SILENT);
        Recording silent = Recording.of(driver, Recording.spec(target, "s"));
        Recording waiting = Recording.of(driver, Recording.spec(target, "s"));
        awaitRequests(1);
        driver.disposeLater().block(Recording.LIMIT);

        silent.failure(FailureKind.HANDSHAKE);
        waiting.failure(FailureKind.CONNECT);
    }
}
