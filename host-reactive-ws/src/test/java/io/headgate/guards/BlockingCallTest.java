package io.headgate.guards;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** Shows that BlockHound bites, on each kind of thread that must not wait. Its JUnit listener installs it. */
final class BlockingCallTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Callable<String> BLOCKING = () -> {
        Thread.sleep(1);
        return "slept";
    };

    private final LoopResources loops = LoopResources.create("blocking-call-test", 1, true);

    @AfterEach
    void disposeOfTheLoops() {
        loops.disposeLater(Duration.ZERO, PATIENCE).block(PATIENCE);
    }

    @Test
    void isRefusedOnAnEventLoopOfPlainJava() {
        assertRefused(Schedulers.fromExecutor(loops.onClient(false)));
    }

    @Test
    void isRefusedOnAnEventLoopOfTheSystem() {
        assertRefused(Schedulers.fromExecutor(loops.onClient(true)));
    }

    @Test
    void isRefusedOnAParallelWorker() {
        assertRefused(Schedulers.parallel());
    }

    @Test
    void isAllowedWhereWaitingIsWhatThreadsAreFor() {
        assertThatCode(() -> sleepOn(Schedulers.boundedElastic())).doesNotThrowAnyException();
    }

    private static void assertRefused(Scheduler scheduler) {
        assertThatThrownBy(() -> sleepOn(scheduler)).hasRootCauseInstanceOf(BlockingOperationError.class);
    }

    private static void sleepOn(Scheduler scheduler) {
        Mono.fromCallable(BLOCKING).subscribeOn(scheduler).block(PATIENCE);
    }
}
