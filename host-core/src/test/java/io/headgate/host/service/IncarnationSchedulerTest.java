package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What an incarnation may do with the scheduler it is lent, and what is left of it afterwards: invariant 7. */
@Timeout(20)
final class IncarnationSchedulerTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<Throwable> thrown = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();
    private final IncarnationScheduler scheduler = new IncarnationScheduler(time, thrown::add);

    private Runnable task(String name) {
        return () -> ran.add(name);
    }

    private void pass(long seconds) {
        time.advanceTimeBy(Duration.ofSeconds(seconds));
    }

    @Test
    void it_runs_tasks_at_once_later_and_again_and_again() {
        scheduler.schedule(task("now"));
        scheduler.schedule(task("later"), 2, TimeUnit.SECONDS);
        scheduler.schedulePeriodically(task("again"), 3, 1, TimeUnit.SECONDS);
        pass(4);
        assertThat(ran).containsExactly("now", "later", "again", "again");
        assertThat(scheduler.now(TimeUnit.SECONDS)).isEqualTo(4);
    }

    @Test
    void its_workers_do_too() {
        Scheduler.Worker worker = scheduler.createWorker();
        worker.schedule(task("now"));
        Disposable later = worker.schedule(task("later"), 2, TimeUnit.SECONDS);
        Disposable again = worker.schedulePeriodically(task("again"), 3, 1, TimeUnit.SECONDS);
        pass(4);
        assertThat(ran).containsExactly("now", "later", "again", "again");
        again.dispose();
        later.dispose();
        pass(4);
        assertThat(ran).hasSize(4);
        assertThat(worker.isDisposed()).isFalse();
        worker.dispose();
        assertThat(worker.isDisposed()).isTrue();
    }

    @Test
    void a_task_can_be_cancelled() {
        Disposable once = scheduler.schedule(task("once"), 1, TimeUnit.SECONDS);
        Disposable again = scheduler.schedulePeriodically(task("again"), 1, 1, TimeUnit.SECONDS);
        assertThat(once.isDisposed()).isFalse();
        once.dispose();
        again.dispose();
        assertThat(once.isDisposed()).isTrue();
        pass(5);
        assertThat(ran).isEmpty();
    }

    @Test
    void nothing_runs_after_its_end_and_nothing_more_is_taken() {
        Scheduler.Worker worker = scheduler.createWorker();
        scheduler.schedule(task("once"), 1, TimeUnit.SECONDS);
        scheduler.schedulePeriodically(task("again"), 1, 1, TimeUnit.SECONDS);
        worker.schedule(task("worker"), 1, TimeUnit.SECONDS);
        assertThat(scheduler.isDisposed()).isFalse();
        scheduler.end();

        assertThat(scheduler.schedule(task("late")).isDisposed()).isTrue();
        assertThat(scheduler.createWorker().isDisposed()).isTrue();
        pass(5);
        assertThat(ran).isEmpty();
        assertThat(scheduler.isDisposed()).isTrue();
        assertThat(worker.isDisposed()).isTrue();
        assertThat(time.isDisposed()).isFalse();
    }

    @Test
    void the_plugin_cannot_end_it() {
        scheduler.dispose();
        scheduler.schedule(task("still"));
        pass(0);
        assertThat(ran).containsExactly("still");
        assertThat(scheduler.isDisposed()).isFalse();
    }

    @Test
    void what_a_task_throws_is_told_and_a_repeated_one_goes_on() {
        scheduler.schedulePeriodically(
                () -> {
                    ran.add("again");
                    throw new IllegalStateException();
                },
                1,
                1,
                TimeUnit.SECONDS);
        pass(2);
        assertThat(thrown).hasSize(2).allMatch(IllegalStateException.class::isInstance);
        assertThat(ran).hasSize(2);
    }
}
