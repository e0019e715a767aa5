package io.headgate.host.ws;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A number of slots for work; who finds none free waits, first come, first served. A slot is held from the subscription to
 * the work until it ends, in whatever way.
 *
 * <p>No stock operator bounds work that many subscribers bring, each with an end and a cancellation of its own: this is
 * a line before them, and no more. It takes no lock, as event loops ask: what is asked is done one by one, by whichever
 * thread came first. So a slot that goes from hand to hand does not deepen the stack.
 * A step that throws stops none behind it.
 */
final class Slots {

    private final Queue<Runnable> steps = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicInteger waitingNow;
    private final LongAdder waited;
    /** Both belong to the step in hand. */
    private final Set<Ticket> waiting = new LinkedHashSet<>();

    private int free;

    /** The counters are shared: how many wait now, and how often one had to. */
    Slots(int size, AtomicInteger waitingNow, LongAdder waited) {
        this.free = size;
        this.waitingNow = waitingNow;
        this.waited = waited;
    }

    /** Subscribes to the work once there is a slot, on the thread that freed it. The slot is free before the work's end is told. */
    <T> Mono<T> hold(Mono<T> holder) {
        return Mono.using(
                Ticket::new, ticket -> ticket.turn().then(begun(ticket, holder)), ticket -> step(() -> leave(ticket)));
    }

    /** What is thrown instead of signalled passes every operator, and none cleans up behind it. */
    private <T> Mono<T> begun(Ticket ticket, Mono<T> holder) {
        return Mono.fromDirect(subscriber -> {
            boolean begun = false;
            try {
                holder.subscribe(subscriber);
                begun = true;
            } finally {
                if (!begun) {
                    step(() -> leave(ticket));
                }
            }
        });
    }

    private void step(Runnable step) {
        steps.add(step);
        if (work.getAndIncrement() == 0) {
            drain();
        }
    }

    private void drain() {
        int left = 1;
        try {
            do {
                Objects.requireNonNull(steps.poll()).run();
                left = work.decrementAndGet();
            } while (left > 0);
        } finally {
            if (left > 0 && work.decrementAndGet() > 0) {
                drain();
            }
        }
    }

    private void enter(Ticket ticket) {
        if (ticket.gone) {
            return;
        }
        if (free > 0) {
            free--;
            ticket.grant();
        } else {
            waited.increment();
            waitingNow.incrementAndGet();
            waiting.add(ticket);
        }
    }

    private void leave(Ticket ticket) {
        ticket.gone = true;
        if (waiting.remove(ticket)) {
            waitingNow.decrementAndGet();
        } else if (ticket.granted) {
            ticket.granted = false;
            pass();
        }
    }

    private void pass() {
        if (waiting.isEmpty()) {
            free++;
            return;
        }
        Ticket next = waiting.iterator().next();
        waiting.remove(next);
        waitingNow.decrementAndGet();
        next.grant();
    }

    /** One place in the line. Its fields belong to the step in hand. */
    private final class Ticket {

        private final Sinks.Empty<Void> turn = Sinks.empty();
        private boolean granted;
        private boolean gone;

        Mono<Void> turn() {
            return turn.asMono().doFirst(() -> step(() -> enter(this)));
        }

        void grant() {
            granted = true;
            turn.tryEmitEmpty().orThrow();
        }
    }
}
