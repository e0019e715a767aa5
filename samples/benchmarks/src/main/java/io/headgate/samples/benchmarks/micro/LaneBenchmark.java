package io.headgate.samples.benchmarks.micro;

import io.headgate.host.ingress.Hold;
import io.headgate.host.ingress.IngressLane;
import io.headgate.host.ingress.LaneBounds;
import io.headgate.host.ingress.LaneConnection;
import io.headgate.host.ingress.LaneListener;
import io.headgate.host.ingress.OverflowPolicy;
import io.headgate.plugin.IngressEvent;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** An event through the lane: offered, shown, claimed, handled. The events are there already. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // by JMH
public class LaneBenchmark {

    /** Fewer than the lane takes: nothing is dropped, however late the worker is. */
    private static final int EVENTS = 1000;

    private static final int TEXT_BYTES = 64;

    /** What a full lane does. */
    @Param({"DROP_NEWEST", "HOLD"})
    public OverflowPolicy overflow;

    /** Where the handler runs: on the thread that offers, or on one of its own. */
    @Param({"immediate", "single"})
    public String worker;

    private final Semaphore lastHandled = new Semaphore(0);
    /** Only accessed by the worker. */
    private int handled;

    private Scheduler scheduler;
    private LaneConnection connection;
    private Flux<IngressEvent> events;

    /** Makes the lane, and a handler that counts. */
    @Setup
    public void make() {
        scheduler = worker.equals("single") ? Schedulers.newSingle("plugin", true) : Schedulers.immediate();
        int room = EVENTS + 1;
        IngressLane lane = new IngressLane(
                new LaneBounds(room, (long) room * TEXT_BYTES, overflow, 100, TEXT_BYTES, Hold.defaults()),
                LaneListener.NONE);
        connection = lane.connection("c0");
        lane.turn(scheduler).subscribe(event -> handle());
        String text = "x".repeat(TEXT_BYTES);
        events = Flux.fromArray(IntStream.rangeClosed(1, EVENTS)
                .mapToObj(number -> new IngressEvent.Text("c0", 1, number, 0, text, TEXT_BYTES))
                .toArray(IngressEvent[]::new));
    }

    /** Ends the thread. */
    @TearDown
    public void end() {
        scheduler.dispose();
    }

    /** A session's events, until the last is handled. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void pass() {
        connection.take(events, task -> false, Schedulers.parallel()).subscribe();
        lastHandled.acquireUninterruptibly();
    }

    private void handle() {
        if (++handled == EVENTS) {
            handled = 0;
            lastHandled.release();
        }
    }
}
