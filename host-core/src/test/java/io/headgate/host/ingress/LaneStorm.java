package io.headgate.host.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.IngressEvent;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One lane under all that can happen to it at once, each from a thread of its own: three producers, one who asks for events, one
 * who cancels, restarts and discards, one who looks, and a plugin on its worker that fails now and then.
 */
final class LaneStorm {

    static final int PRODUCERS = 3;
    private static final int CONNECTIONS_EACH = 2;
    private static final int OTHERS = 3;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final LaneBounds bounds;
    private final int eventsEach;
    private final IngressLane lane;
    private final Scheduler worker = Schedulers.newSingle("storm-worker");
    private final Scheduler threads = Schedulers.newBoundedElastic(PRODUCERS + OTHERS, 100, "storm");
    private final AtomicBoolean producing = new AtomicBoolean(true);
    private final Sinks.Empty<Void> completed = Sinks.empty();
    /** The last quarter is produced after this: in a lane that is stopped, behind the stop. */
    private final Sinks.Empty<Void> lastQuarter = Sinks.empty();

    private final List<StormConnection> connections;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong looks = new AtomicLong();
    private final AtomicLong turns = new AtomicLong();
    final AtomicLong failures = new AtomicLong();
    final Queue<Overflow> overflows = new ConcurrentLinkedQueue<>();
    private volatile Plugin plugin = new Plugin();

    /** Notes what it is given; on the worker. */
    private final class Plugin extends BaseSubscriber<IngressEvent> {
        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Somebody else asks.
        }

        @Override
        protected void hookOnNext(IngressEvent event) {
            connections.get(Integer.parseInt(event.connection().substring(1))).saw(event);
            // When all is calm nobody would restart it.
            if (producing.get() && event instanceof IngressEvent.Text && event.sequence() % 1_907 == 0) {
                failures.incrementAndGet();
                throw new IllegalStateException("a plugin that fails");
            }
        }

        @Override
        protected void hookOnError(Throwable error) {
            // It is restarted sooner or later.
        }

        @Override
        protected void hookOnComplete() {
            completed.tryEmitEmpty();
        }
    }

    LaneStorm(LaneBounds bounds, int eventsEach) {
        this.bounds = bounds;
        this.eventsEach = eventsEach;
        this.lane = new IngressLane(bounds, overflows::add);
        this.connections = IntStream.range(0, PRODUCERS * CONNECTIONS_EACH)
                .mapToObj(n -> new StormConnection(lane.connection("c" + n)))
                .toList();
    }

    /** Lets it rage, then delivers what is left. */
    LaneStorm run() {
        lastQuarter.tryEmitEmpty();
        try {
            discardSome();
            Mono.when(produced(), whileProducing(this::ask), whileProducing(this::disturb), whileProducing(this::look))
                    .block(LONG);
            begin();
            plugin.request(Long.MAX_VALUE);
            lane.complete();
            completed
                    .asMono()
                    .timeout(LONG, Mono.error(() -> new AssertionError(lane.waiting() + " still wait: " + this)))
                    .block();
        } finally {
            threads.dispose();
            worker.dispose();
        }
        return this;
    }

    /** On a busy machine the thread that disturbs may never have its turn. */
    private void discardSome() {
        SplittableRandom random = new SplittableRandom(0);
        for (int n = 0; n < 16; n++) {
            connections.get(0).offer(random);
        }
        lane.discardWaiting();
    }

    /** Lets it rage, and stops the lane in the midst of it. */
    LaneStorm stopMidway() {
        try {
            Mono<Void> stopping = Mono.<Void>fromRunnable(() -> {
                        while (counts().received().events() < (long) PRODUCERS * eventsEach / 2) {
                            Thread.onSpinWait();
                        }
                        lane.complete();
                        lastQuarter.tryEmitEmpty();
                        LockSupport.parkNanos(1_000_000);
                        lane.close();
                    })
                    .subscribeOn(threads);
            Mono.when(produced(), whileProducing(this::ask), whileProducing(this::disturb), stopping)
                    .block(LONG);
            Mono.fromRunnable(plugin::cancel).subscribeOn(worker).block(LONG);
        } finally {
            threads.dispose();
            worker.dispose();
        }
        return this;
    }

    private Mono<Void> produced() {
        return Flux.range(0, PRODUCERS)
                .flatMap(
                        producer ->
                                Mono.<Void>fromRunnable(() -> produce(producer)).subscribeOn(threads),
                        PRODUCERS)
                .then()
                .doFinally(signal -> producing.set(false));
    }

    private void produce(int producer) {
        SplittableRandom random = new SplittableRandom(producer);
        for (int n = 0; n < eventsEach; n++) {
            if (n == eventsEach / 4 * 3) {
                lastQuarter.asMono().block(LONG);
            }
            int connection = producer * CONNECTIONS_EACH + random.nextInt(CONNECTIONS_EACH);
            connections.get(connection).offer(random);
            if (n % 64 == 0) {
                LockSupport.parkNanos(20_000);
            }
        }
    }

    private Mono<Void> whileProducing(Consumer<SplittableRandom> task) {
        return Mono.<Void>fromRunnable(() -> {
                    SplittableRandom random = new SplittableRandom(42);
                    while (producing.get()) {
                        task.accept(random);
                    }
                })
                .subscribeOn(threads);
    }

    private void ask(SplittableRandom random) {
        requests.incrementAndGet();
        plugin.request(1 + random.nextInt(64));
        LockSupport.parkNanos(10_000);
    }

    private void disturb(SplittableRandom random) {
        int what = random.nextInt(16);
        if (what < 12) {
            plugin.cancel();
        }
        if (what < 2) {
            lane.discardWaiting();
        }
        begin();
        LockSupport.parkNanos(100_000);
    }

    private void begin() {
        turns.incrementAndGet();
        Plugin next = new Plugin();
        lane.turn(worker).subscribe(next);
        plugin = next;
    }

    private void look(SplittableRandom random) {
        looks.incrementAndGet();
        EventCounts now = counts();
        assertThat(now.conserved()).isTrue();
        assertThat(now.queued().events()).isBetween(0L, (long) bounds.maxEvents());
        assertThat(now.queued().bytes()).isBetween(0L, bounds.maxBytes());
        lane.ledger().values().forEach(one -> {
            assertThat(one.queued().events()).isLessThanOrEqualTo(bounds.eventsOfOne());
            assertThat(one.queued().bytes()).isLessThanOrEqualTo(bounds.bytesOfOne());
        });
        LockSupport.parkNanos(random.nextInt(50_000));
    }

    EventCounts counts() {
        return lane.ledger().values().stream().reduce(EventCounts.ZERO, EventCounts::plus);
    }

    List<StormConnection> connections() {
        return connections;
    }

    @Override
    public String toString() {
        EventCounts all = counts();
        return bounds.overflow() + " share " + bounds.connectionShare() + "%: " + (long) PRODUCERS * eventsEach
                + " offers, " + requests + " requests, " + turns + " turns, " + failures + " failures, " + looks
                + " looks; texts " + all.received().events() + " = "
                + all.delivered().events() + " delivered + "
                + all.dropped().events() + " dropped " + all.drops().keySet() + " + "
                + all.discarded().events() + " discarded + " + all.queued().events() + " queued; " + all.gaps()
                + " gaps, " + all.controls();
    }
}
