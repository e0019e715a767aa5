package io.headgate.host.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.IngressEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Schedulers;

/** A lane and the model of it, which are made to do the same. */
final class ModelledLane {

    static final List<String> CONNECTIONS = List.of("a", "b", "c");
    /** More than the 64 answers of one kind that may wait; no chain of actions is so long. */
    private static final int MANY = 70;

    /** What stands behind the lane. */
    enum Downstream {
        FUSED,
        HIDDEN,
        /** An embedder switched automatic context propagation on, which turns fusion off: the hop takes one in advance. */
        PROPAGATING
    }

    /** Some kinds of control events: three states and an answer. */
    enum Control {
        OPENED,
        CLOSED,
        RECONNECT_NEEDED,
        COMMAND_FAILED
    }

    private final LaneBounds bounds;
    private final Downstream downstream;
    private final IngressLane lane;
    private final LaneModel model;
    private final List<IngressEvent> seen = new ArrayList<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private long sequence;
    private long turns;
    private Plugin plugin = new Plugin();

    /** Takes what it asked for, and fails when told to. */
    private final class Plugin extends BaseSubscriber<IngressEvent> {
        boolean failing;
        boolean completed;
        boolean failed;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Asks for nothing by itself.
        }

        @Override
        protected void hookOnNext(IngressEvent event) {
            seen.add(event);
            if (failing) {
                throw new IllegalStateException("a plugin that fails");
            }
        }

        @Override
        protected void hookOnError(Throwable error) {
            assertThat(error).hasMessage("a plugin that fails");
            failed = true;
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
        }
    }

    ModelledLane(LaneBounds bounds, Downstream downstream) {
        this.bounds = bounds;
        this.downstream = downstream;
        this.lane = new IngressLane(bounds, LaneListener.NONE);
        this.model = new LaneModel(bounds, downstream == Downstream.PROPAGATING, CONNECTIONS);
        CONNECTIONS.forEach(lane::connection);
    }

    void text(String connection, int bytes) {
        long number = ++sequence;
        offer(new IngressEvent.Text(connection, epoch(connection), number, number, "t", bytes));
    }

    void control(String connection, Control kind) {
        long epoch = kind == Control.OPENED ? epochs.merge(connection, 2L, (old, more) -> old + 1) : epoch(connection);
        long number = ++sequence;
        offer(
                switch (kind) {
                    case OPENED -> new IngressEvent.Opened(connection, epoch, number, number, "");
                    case CLOSED -> LaneEvents.closed(connection, number);
                    case RECONNECT_NEEDED -> new IngressEvent.ReconnectNeeded(connection, epoch, number, number, "w");
                    case COMMAND_FAILED -> LaneEvents.failed(connection, number);
                });
    }

    void manyAnswers() {
        for (int n = 0; n < MANY; n++) {
            control("a", Control.COMMAND_FAILED);
        }
    }

    private long epoch(String connection) {
        return epochs.getOrDefault(connection, 1L);
    }

    private void offer(IngressEvent event) {
        lane.connection(event.connection()).accept(event);
        model.offer(event);
    }

    void request(long more) {
        plugin.request(more);
        model.request(more);
    }

    void turn() {
        turns++;
        plugin = new Plugin();
        boolean propagating = downstream == Downstream.PROPAGATING;
        if (propagating) {
            Hooks.enableAutomaticContextPropagation();
        }
        try {
            Flux<IngressEvent> events = lane.turn(Schedulers.immediate());
            (downstream == Downstream.HIDDEN ? events.hide() : events).subscribe(plugin);
        } finally {
            if (propagating) {
                Hooks.disableAutomaticContextPropagation();
            }
        }
        model.turn();
    }

    void cancel() {
        plugin.cancel();
        model.cancel();
    }

    void failNext() {
        plugin.failing = true;
        model.failNext();
    }

    void discardWaiting() {
        lane.discardWaiting();
        model.discardWaiting();
    }

    void complete() {
        lane.complete();
        model.complete();
    }

    void close() {
        lane.close();
        model.close();
    }

    long turns() {
        return turns;
    }

    long delivered() {
        return seen.size();
    }

    void check() {
        assertThat(seen).isEqualTo(model.delivered);
        Map<String, EventCounts> ledger = lane.ledger();
        assertThat(ledger).isEqualTo(model.ledger());
        assertThat(plugin.completed).as("completed").isEqualTo(model.completed);
        assertThat(plugin.failed).as("failed").isEqualTo(model.failed);
        EventCounts all = ledger.values().stream().reduce(EventCounts.ZERO, EventCounts::plus);
        assertThat(all.conserved()).isTrue();
        assertThat(all.queued().events()).isLessThanOrEqualTo(bounds.maxEvents());
        assertThat(all.queued().bytes()).isLessThanOrEqualTo(bounds.maxBytes());
    }
}
