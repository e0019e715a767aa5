package io.headgate.host.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Going on where one left off. */
@Timeout(60)
final class ResumedDiagnosticsTest {

    private static final int ROUNDS = 200;
    private static final int EACH = 100;

    private final DiagnosticLog log = new DiagnosticLog(1_000);

    private void record(long at) {
        log.record(new Diagnostic.ServiceChanged(at, "p/s", ServiceState.RUNNING, "d"));
    }

    private Flux<Long> after(long number) {
        return log.after(number, Schedulers.immediate()).map(Recorded::number);
    }

    @Test
    void whatIsKeptComesFirstAndThenWhatHappens() {
        LongStream.rangeClosed(1, 5).forEach(this::record);

        StepVerifier.create(after(3))
                .expectNext(4L, 5L)
                .then(() -> record(6))
                .expectNext(6L)
                .then(log::complete)
                .verifyComplete();
        StepVerifier.create(after(5)).expectNext(6L).verifyComplete();
    }

    @Test
    @DisplayName("a number that was not reached is another host's: all that is kept comes")
    void fromTheFuture() {
        record(1);
        StepVerifier.create(after(100))
                .expectNext(1L)
                .then(() -> record(2))
                .expectNext(2L)
                .then(log::complete)
                .verifyComplete();
    }

    @Test
    void whatWasForgottenShowsAsAGap() {
        DiagnosticLog small = new DiagnosticLog(2);
        LongStream.rangeClosed(1, 5)
                .forEach(at -> small.record(new Diagnostic.ServiceChanged(at, "p/s", ServiceState.RUNNING, "d")));

        StepVerifier.create(small.after(1, Schedulers.immediate())
                        .map(Recorded::number)
                        .take(2))
                .expectNext(4L, 5L)
                .verifyComplete();
    }

    @Test
    @DisplayName("one that comes before what is kept was looked at waits for that, which has it")
    void whatComesTooEarly() {
        List<Recorded> kept = LongStream.rangeClosed(1, 3)
                .mapToObj(ResumedDiagnosticsTest::numbered)
                .toList();
        Resumption resumption = new Resumption(0, after -> kept);

        assertThat(resumption.next(Optional.of(numbered(3)))).isEmpty();
        assertThat(resumption.next(Optional.empty())).isEqualTo(kept);
        assertThat(resumption.next(Optional.of(numbered(3)))).isEmpty();
        assertThat(resumption.next(Optional.of(numbered(4)))).containsExactly(numbered(4));
    }

    private static Recorded numbered(long number) {
        return new Recorded(number, new Diagnostic.ServiceChanged(number, "p/s", ServiceState.RUNNING, "d"));
    }

    @Test
    @DisplayName("none is missing and none comes twice, whoever records while somebody subscribes")
    void joinedUnderThreads() throws InterruptedException {
        Scheduler scheduler = Schedulers.newSingle("resumed");
        try {
            for (int round = 0; round < ROUNDS; round++) {
                long first = round * (long) EACH;
                CountDownLatch begun = new CountDownLatch(1);
                Thread recording = new Thread(() -> {
                    for (int at = 0; at < EACH; at++) {
                        record(at);
                        begun.countDown();
                    }
                });
                recording.start();
                begun.await();
                List<Long> seen = log.after(first, scheduler)
                        .map(Recorded::number)
                        .take(EACH)
                        .collectList()
                        .block();
                recording.join();
                assertThat(seen)
                        .isEqualTo(LongStream.rangeClosed(first + 1, first + EACH)
                                .boxed()
                                .toList());
            }
        } finally {
            scheduler.dispose();
        }
    }
}
