package io.headgate.host.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Verdict;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** No more commands are undecided than the window has places, and no place is lost. */
@Timeout(20)
final class CommandWindowTest {

    private final CommandFixture fixture = new CommandFixture();
    private final ByHand worker = new ByHand();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<IssuedCommand> carriedOut = new ArrayList<>();
    private final TestPublisher<IssuedCommand> commands = TestPublisher.create();
    private final List<Long> requests = new ArrayList<>();
    private final Flux<IssuedCommand> asked = commands.flux().doOnRequest(requests::add);

    private IssuedCommand command() {
        return fixture.admitted(OutputCommand.sendText("chat", "x"));
    }

    private void emit(int many) {
        IntStream.range(0, many).forEach(n -> commands.next(command()));
    }

    private CommandWindow onWorker(int undecided) {
        return new CommandWindow(undecided, worker, time, command -> {
            carriedOut.add(command);
            return 0;
        });
    }

    @Test
    void as_many_are_asked_for_as_there_are_places_and_one_more_for_each_that_is_decided() {
        asked.as(CommandWindow.of(3, carriedOut::add)).subscribe();
        emit(3);
        assertThat(requests).containsExactly(3L);

        carriedOut.get(1).sent();
        carriedOut.get(0).failed("x");
        assertThat(requests).containsExactly(3L, 1L, 1L);
    }

    @Test
    void what_becomes_free_while_the_worker_is_busy_is_asked_for_in_one_go() {
        asked.as(onWorker(4)).subscribe();
        worker.run();
        emit(4);
        carriedOut.forEach(IssuedCommand::sent);
        assertThat(requests).containsExactly(4L);

        worker.run();
        assertThat(requests).containsExactly(4L, 4L);
        emit(1);
        carriedOut.get(4).sent();
        worker.run();
        assertThat(requests).containsExactly(4L, 4L, 1L);
    }

    @Test
    void it_completes_once_the_commands_have_and_all_are_decided() {
        StepVerifier.create(asked.as(CommandWindow.of(3, carriedOut::add)))
                .expectSubscription()
                .then(() -> emit(3))
                .then(() -> carriedOut.get(0).sent())
                .then(commands::complete)
                .then(() -> carriedOut.get(2).sent())
                .then(() -> assertThat(carriedOut.get(1).endedInTheHost()).isFalse())
                .expectNoEvent(Duration.ofMillis(1))
                .then(() -> carriedOut.get(1).sent())
                .verifyComplete();
    }

    @Test
    void without_commands_it_completes_with_them() {
        StepVerifier.create(Flux.<IssuedCommand>empty().as(CommandWindow.of(3, carriedOut::add)))
                .verifyComplete();
    }

    @Test
    void it_fails_when_the_commands_do_and_asks_for_no_more() {
        StepVerifier.create(asked.as(CommandWindow.of(3, carriedOut::add)))
                .then(() -> emit(1))
                .then(() -> commands.error(new IllegalStateException("broken")))
                .verifyErrorMessage("broken");
        carriedOut.get(0).sent();
        assertThat(requests).containsExactly(3L);
    }

    @Test
    void it_fails_when_a_command_cannot_be_carried_out_and_cancels_the_others() {
        StepVerifier.create(asked.as(CommandWindow.of(3, command -> {
                    throw new IllegalStateException("odd");
                })))
                .then(() -> emit(1))
                .verifyErrorMessage("odd");
        commands.assertCancelled();
    }

    @Test
    void cancelling_it_cancels_the_commands_and_what_comes_all_the_same_is_carried_out() {
        TestPublisher<IssuedCommand> rude =
                TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        rude.flux().as(CommandWindow.of(3, carriedOut::add)).subscribe().dispose();
        rude.assertCancelled();

        rude.next(command());
        assertThat(carriedOut).hasSize(1);
        carriedOut.get(0).sent();
    }

    private Mono<Void> keeping(long millis, Scheduler timer) {
        return asked.as(new CommandWindow(1, Schedulers.immediate(), timer, command -> {
            command.refused(new Verdict.Refused(Rule.SESSION_NOT_OPEN, "x", "y"));
            return millis;
        }));
    }

    @Test
    void a_place_is_kept_for_as_long_as_is_said() {
        keeping(5, time).subscribe();
        emit(1);
        time.advanceTimeBy(Duration.ofMillis(4));
        assertThat(requests).containsExactly(1L);
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(requests).containsExactly(1L, 1L);
    }

    @Test
    void no_timer_is_left_by_a_cancel() {
        ByHand timer = new ByHand();
        Disposable life = keeping(5, timer).subscribe();
        emit(1);
        assertThat(timer.tasks).hasSize(1);
        life.dispose();

        assertThat(timer.tasks).isEmpty();
        assertThat(requests).containsExactly(1L);
    }

    @Test
    void a_worker_that_is_gone_fails_it() {
        StepVerifier.create(asked.as(onWorker(1)))
                .then(worker::run)
                .then(() -> emit(1))
                .then(worker::dispose)
                .then(() -> carriedOut.get(0).sent())
                .verifyError(RejectedExecutionException.class);
    }

    @Test
    void a_window_without_places_is_refused() {
        assertThatThrownBy(() -> CommandWindow.of(0, carriedOut::add)).hasMessageContaining("at least 1, is 0");
    }

    /** A decision races with the command that is just carried out, a hundred thousand times. */
    @Test
    void no_place_is_lost_however_the_threads_meet() {
        int many = 100_000;
        AtomicInteger undecided = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Scheduler decides = Schedulers.newSingle("decides", true);
        Scheduler asks = Schedulers.newSingle("asks", true);
        try {
            Flux<IssuedCommand> source = Flux.range(0, many)
                    .<OutputCommand>map(n -> OutputCommand.sendText("chat", "x"))
                    .transform(fixture.filter());
            StepVerifier.create(source.as(new CommandWindow(4, asks, time, command -> {
                        most.accumulateAndGet(undecided.incrementAndGet(), Math::max);
                        decides.schedule(
                                () -> {
                                    undecided.decrementAndGet();
                                    command.sent();
                                },
                                0,
                                TimeUnit.MILLISECONDS);
                        return 0;
                    })))
                    .verifyComplete();
            assertThat(most.get()).isBetween(1, 4);
            assertThat(fixture.counts().sent()).isEqualTo(many);
        } finally {
            decides.dispose();
            asks.dispose();
        }
    }

    /** A worker that is busy until the test says. */
    private static final class ByHand implements Scheduler {

        private final List<Runnable> tasks = new ArrayList<>();
        private boolean gone;

        void run() {
            List<Runnable> due = List.copyOf(tasks);
            tasks.clear();
            due.forEach(Runnable::run);
        }

        @Override
        public Disposable schedule(Runnable task) {
            if (gone) {
                throw new RejectedExecutionException("gone");
            }
            tasks.add(task);
            return () -> tasks.remove(task);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return schedule(task);
        }

        @Override
        public Worker createWorker() {
            return new Worker() {
                @Override
                public Disposable schedule(Runnable task) {
                    return ByHand.this.schedule(task);
                }

                @Override
                public void dispose() {
                    gone = true;
                }
            };
        }

        @Override
        public void dispose() {
            gone = true;
        }
    }
}
