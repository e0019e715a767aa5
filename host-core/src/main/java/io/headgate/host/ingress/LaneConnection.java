package io.headgate.host.ingress;

import io.headgate.plugin.IngressEvent;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * One connection's way into a lane, and its part of the ledger.
 *
 * <p>Get one from {@link IngressLane#connection(String)}. Every field is guarded by the lane's lock, where it says nothing else.
 */
public final class LaneConnection {

    /** No session: they are counted from 1, and 0 stands for none before the first. */
    private static final long NONE = -1;

    private final IngressLane lane;
    private final String name;

    final RunningTally received = new RunningTally();
    final RunningTally delivered = new RunningTally();
    final ReasonTallies<DropReason> drops = new ReasonTallies<>(DropReason.class);
    final ReasonTallies<DiscardReason> discards = new ReasonTallies<>(DiscardReason.class);
    final RunningTally queued = new RunningTally();
    long controls;
    long replaced;
    long controlsDiscarded;
    long gaps;

    /** Its places in the line. */
    final Chain waiting = new Chain(Chain.Kind.CONNECTION);
    /** The texts among them. */
    final Chain texts = new Chain(Chain.Kind.CONNECTION_TEXTS);
    /** The control events among them. */
    final ControlSlots slots = new ControlSlots();
    /** The session that {@link OverflowPolicy#CLOSE} is closing. */
    private long closingEpoch = NONE;
    /** The session that reads, with {@link OverflowPolicy#HOLD}; the last one that did, once it has left. */
    Reader reader = new Reader(this);
    /** Emitted on when the next end of a session or dial is claimed. Any thread. */
    private final AtomicReference<Sinks.Empty<Void>> nextEndTold = new AtomicReference<>(Sinks.empty());
    /** Written one after another: a hold begins after the last one has ended. */
    private volatile Held held = Held.NEVER;

    LaneConnection(IngressLane lane, String name) {
        this.lane = lane;
        this.name = name;
    }

    /**
     * The connection's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Puts an event into the lane. May be called from any thread; events of one thread keep their order. Never blocks for
     * longer than the lane's short lock, and never fails: what does not fit is dropped and counted.
     *
     * @param event an event of this connection
     */
    public void accept(IngressEvent event) {
        lane.accept(Waiting.event(this, Objects.requireNonNull(event, "event")));
    }

    /**
     * Puts a session's events in, one after another. With {@link OverflowPolicy#HOLD} the first event, which is {@code Opened},
     * is asked for at once and each further one only when room for a largest text is kept for it; with the other policies
     * there is no bound on demand.
     *
     * <p>Subscribing subscribes to the events; one session of a connection at a time. Completes and fails as they do. After
     * {@link IngressLane#complete()} or {@link IngressLane#close()} nothing is held any more. More is asked for on the thread
     * that made room, mostly the turn's worker, or on the timer's.
     *
     * <p>The worker is woken for all that was put in before the session's thread turns to its next task.
     *
     * @param events one session's
     * @param sessionsThread runs a task behind what the session's thread is about; {@code false} where it has ended
     * @param timer measures how long it is held
     * @return the end of the events
     */
    public Mono<Void> take(Flux<? extends IngressEvent> events, Predicate<Runnable> sessionsThread, Scheduler timer) {
        return lane.holds()
                ? Mono.using(() -> lane.begin(this), reader -> held(events, sessionsThread, reader, timer), lane::leave)
                : events.doOnNext(event -> lane.accept(Waiting.event(this, event), sessionsThread))
                        .then();
    }

    private Mono<Void> held(
            Flux<? extends IngressEvent> events, Predicate<Runnable> sessionsThread, Reader reader, Scheduler timer) {
        return events.concatMap(
                        event -> lane.acceptAndHold(Waiting.event(this, event), sessionsThread, reader, timer), 0)
                .then();
    }

    /**
     * How it was held. Any thread.
     *
     * @return when it began to wait for room, and how often it had to
     */
    public Held held() {
        return held;
    }

    /**
     * Waits for the plugin to be told of the last {@code Closed} or {@code Failed}.
     *
     * @return completes when none of them waits any more, at once or on the turn's worker
     */
    public Mono<Void> endTold() {
        return Mono.defer(() -> {
            // In this order: what is claimed in between emits on this one, or on one before it.
            Sinks.Empty<Void> next = Objects.requireNonNull(nextEndTold.get());
            return lane.holdsAnEnd(this) ? next.asMono().then(endTold()) : Mono.empty();
        });
    }

    void claimed(Waiting claimed) {
        if (!claimed.isMarker() && ControlSlots.isAnEnd(claimed.event())) {
            // Whoever takes a sink out emits on it, and each is taken out once.
            Objects.requireNonNull(nextEndTold.getAndSet(Sinks.empty())).tryEmitEmpty();
        }
    }

    void beginHold(long atMillis) {
        held = held.since(atMillis);
    }

    void endHold() {
        held = held.ended();
    }

    /** Whether a text of the session was refused that the session is being closed for. */
    boolean isClosing(long epoch) {
        return closingEpoch == epoch;
    }

    void beginClosing(long epoch) {
        closingEpoch = epoch;
    }

    EventCounts snapshot() {
        return new EventCounts(
                received.snapshot(),
                delivered.snapshot(),
                drops.snapshot(),
                discards.snapshot(),
                queued.snapshot(),
                new ControlCounts(controls, replaced, controlsDiscarded),
                gaps);
    }
}
