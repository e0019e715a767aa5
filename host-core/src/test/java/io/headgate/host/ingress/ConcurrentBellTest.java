package io.headgate.host.ingress;

import static io.headgate.host.ingress.LaneEvents.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.IngressEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** Two threads that emit at once, in the one order in which a sink that refuses the second would lose it. */
final class ConcurrentBellTest {

    private final IngressLane lane =
            new IngressLane(new LaneBounds(4, 1_000, OverflowPolicy.DROP_NEWEST), overflow -> {});
    private final List<IngressEvent> seen = new ArrayList<>();

    @Test
    @DisplayName("pitfall 19: an event that is put while another thread still rings is delivered all the same")
    void a_second_thread_rings_while_the_first_one_does() {
        lane.turn(new Interrupted()).subscribe(seen::add);
        lane.connection("a").accept(text("a", 1));

        assertThat(seen).containsExactly(text("a", 1), text("a", 2));
    }

    private void put(IngressEvent event) {
        Thread other = new Thread(() -> lane.connection("a").accept(event), "other");
        other.start();
        try {
            other.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /**
     * Runs a task at once. The first task behind a delivery comes with the request that replenishes; the second finds nothing, so
     * what is put before whoever rang for it goes on needs a ring of its own.
     */
    private final class Interrupted implements Scheduler {

        private int schedules;

        @Override
        public Disposable schedule(Runnable task) {
            task.run();
            if (!seen.isEmpty() && ++schedules == 2) {
                put(text("a", 2));
            }
            return Disposables.disposed();
        }

        @Override
        public Worker createWorker() {
            return new Worker() {
                @Override
                public Disposable schedule(Runnable task) {
                    return Interrupted.this.schedule(task);
                }

                @Override
                public void dispose() {}
            };
        }
    }
}
