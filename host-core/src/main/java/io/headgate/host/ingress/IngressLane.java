package io.headgate.host.ingress;

import io.headgate.plugin.IngressEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The bounded queue of one service, and its ledger. It lives as long as the service; each incarnation of the plugin gets a
 * <em>turn</em> at it.
 *
 * <pre>
 *   connection.accept ─► put ─► WaitingLine ─► Turn.poll: show ─► publishOn(worker, 1) ─► claim ─► plugin
 *                     │   └─ full: a marker instead, told as a Gap      ▲
 *                     └► Bell ─► Sinks.Many: rung behind the put ───────┘
 * </pre>
 *
 * <p>Taking is in two steps: an event is <em>shown</em> when the hop polls it, several texts at once, and <em>claimed</em> on
 * the worker just before the plugin's {@code onNext}. Only a claim removes it, frees its room and counts it as delivered; when
 * a turn ends in between, the event is simply shown again to the next turn. So nothing is lost or doubled at a cancel, and the
 * bound is exact, fused or not.
 *
 * <p>Bounds: texts by {@link LaneBounds}. Control events are never dropped and are bounded by construction: for each
 * connection at most {@value #MAX_WAITING_CONTROLS} wait. A state event ({@code Opened}, {@code Closed}, {@code Failed},
 * {@code Retrying}, {@code ReconnectNeeded}, each kind of {@code Other}) takes the place of the one of its kind that waits; of
 * {@code CommandRefused}, {@code CommandFailed} and {@code CommandSent} 64 each wait, further ones are folded into the last and
 * counted there. Where texts are missing there is a marker; for each connection at most one more than events of it wait.
 *
 * <p>Threads: any number of producers; one consumer, the worker of the turn.
 */
public final class IngressLane {

    /**
     * The most control events of one connection that wait at one time, beside the one that is just being handed over; kinds of
     * {@link IngressEvent.Other}, of which this version makes none, aside.
     */
    public static final int MAX_WAITING_CONTROLS =
            ControlSlots.STATE_KINDS + ControlSlots.ANSWER_KINDS * ControlSlots.MAX_ANSWERS;

    private final WaitingLine line;
    private final LaneBounds bounds;
    private final LaneListener listener;
    private final Bell bell;
    private volatile Sinks.@Nullable Many<Waiting> sink;
    private volatile @Nullable Turn turn;

    /**
     * Makes a lane without a turn: what comes in waits.
     *
     * @param bounds the most that may wait
     * @param listener told when texts begin to be lost
     */
    public IngressLane(LaneBounds bounds, LaneListener listener) {
        this.line = new WaitingLine(bounds);
        this.bounds = bounds;
        this.bell = new Bell(bounds, this::rung);
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * The way in for one connection.
     *
     * @param name the connection's name
     * @return the same object for the same name
     */
    public LaneConnection connection(String name) {
        return line.connection(name, () -> new LaneConnection(this, name));
    }

    /**
     * Begins an incarnation's turn, and ends the one before.
     *
     * <p>The events arrive on {@code worker}, in order, one {@code onNext} at a time. What waits already comes first. One
     * subscriber: a second gets an {@link IllegalStateException}. Demand is honoured; what is not asked for waits here. In a flood
     * the worker is given back about once a millisecond, so that what else is due there need not wait for the end of it.
     * Completes after {@link #complete()} once everything that waited is claimed; never fails. Cancelling ends the turn:
     * what is not claimed waits for the next one.
     *
     * @param worker the plugin's worker
     * @return the events
     */
    public Flux<IngressEvent> turn(Scheduler worker) {
        Turn next = new Turn(this);
        Sinks.Many<Waiting> many = Sinks.unsafe().many().unicast().onBackpressureBuffer(next);
        begin(next);
        turn = next;
        sink = many;
        if (line.isRefusing()) {
            // complete() may have come too early to see this sink.
            completeTurn();
        }
        AtomicBoolean taken = new AtomicBoolean();
        return Flux.defer(() -> taken.getAndSet(true) ? Flux.error(secondSubscriber()) : events(many, next, worker));
    }

    /**
     * Ends the turn, whatever its subscriber does: nothing more is delivered to it. What is not claimed waits for the next
     * one. Does nothing where there is no turn.
     */
    public void endTurn() {
        Turn ending = turn;
        if (ending != null) {
            end(ending);
        }
    }

    /**
     * What waits to be claimed in this turn, control events and Gaps included.
     *
     * @return how many, at least; 0 where there is no turn
     */
    public int waiting() {
        Turn asking = turn;
        return asking == null ? 0 : unclaimed(asking);
    }

    private Flux<IngressEvent> events(Sinks.Many<Waiting> many, Turn turn, Scheduler worker) {
        // Nothing may stand between the sink and the hop, and the hop takes one at a time: else more than the bound
        // waits.
        return many.asFlux()
                .publishOn(worker, false, 1)
                .filter(waiting -> claim(turn, waiting))
                .map(Waiting::told)
                .doOnCancel(() -> end(turn))
                .doOnTerminate(() -> end(turn))
                .hide()
                .transform(YieldingDemand.on(worker));
    }

    private static IllegalStateException secondSubscriber() {
        return new IllegalStateException("the events of an incarnation allow one subscriber: share them behind it");
    }

    /**
     * Discards the texts that wait, so that they are not handed over to the next turn. Control events stay, and so do the Gaps:
     * they tell what was dropped, not what is discarded here. For the moment between two turns: one that is completing
     * already notices at its next request only.
     */
    public void discardWaiting() {
        line.discardTexts();
        admit();
    }

    /** Accepts no more texts; the turn completes when what waits has been claimed. What comes later is discarded. */
    public void complete() {
        line.refuse();
        admit();
        completeTurn();
    }

    /**
     * Ends the lane and completes its turn: what still waits is discarded, and so is what comes later. A turn that is completing
     * already, and waits for its subscriber to ask, completes when it does.
     */
    public void close() {
        line.discardAll();
        admit();
        completeTurn();
        // A sink that was cancelled keeps its subscriber, and with it the plugin's code.
        sink = null;
    }

    private void completeTurn() {
        Sinks.Many<Waiting> many = sink;
        if (many != null) {
            // FAIL_TERMINATED or FAIL_CANCELLED: the turn has ended already, which is what was wanted.
            many.tryEmitComplete();
        }
    }

    /**
     * The ledger.
     *
     * @return what became of each connection's texts, by name, in one consistent snapshot
     */
    public Map<String, EventCounts> ledger() {
        return line.ledger();
    }

    // Put, then ring: a turn that begins in between is either rung, or finds the event at its first look.

    void accept(Waiting waiting) {
        List<Overflow> begun = line.put(waiting);
        bell.ring(waiting);
        told(begun);
    }

    void accept(Waiting waiting, Predicate<Runnable> sessionsThread) {
        int bytes = waiting.bytes();
        List<Overflow> begun = line.put(waiting);
        bell.ringSoon(waiting, bytes, sessionsThread);
        told(begun);
    }

    /** Completes when the session may ask for its next event. */
    Mono<Void> acceptAndHold(Waiting waiting, Predicate<Runnable> sessionsThread, Reader reader, Scheduler timer) {
        long epoch = waiting.event().epoch();
        int bytes = waiting.bytes();
        List<Overflow> begun = line.putAndKeepRoom(waiting, reader);
        bell.ringSoon(waiting, bytes, sessionsThread);
        told(begun);
        return reader.nextHasRoom ? Mono.empty() : room(reader, epoch, timer);
    }

    /** The sink is the bell only, see {@link Turn#offer}: after the end of a turn there is nobody to wake. */
    private void rung(Waiting waiting) {
        Sinks.Many<Waiting> many = sink;
        if (many != null) {
            many.tryEmitNext(waiting);
        }
    }

    private void told(List<Overflow> begun) {
        begun.forEach(listener::overflow);
        admit();
    }

    boolean holdsAnEnd(LaneConnection connection) {
        return line.holdsAnEnd(connection);
    }

    boolean holds() {
        return bounds.overflow() == OverflowPolicy.HOLD;
    }

    Reader begin(LaneConnection connection) {
        Reader reader = new Reader(connection);
        line.withHolders(holders -> holders.begin(reader));
        return reader;
    }

    /** At once while there is room, and nobody was there before it. */
    Mono<Void> room(Reader reader, long epoch, Scheduler timer) {
        admit();
        if (line.keepRoom(reader, epoch)) {
            return Mono.empty();
        }
        Mono<Void> room = Mono.create(sink -> {
            Holder holder = new Holder(reader, epoch, sink::success);
            sink.onDispose(() -> line.withHolders(holders -> holders.remove(holder)));
            line.withHolders(holders -> holders.add(holder));
            admit();
        });
        LaneConnection connection = reader.connection;
        return room.doOnSubscribe(waiting -> connection.beginHold(timer.now(TimeUnit.MILLISECONDS)))
                .timeout(bounds.hold().longest(), Mono.fromRunnable(() -> heldTooLong(reader, epoch)), timer)
                // Before the completion goes on: the next hold may begin within it.
                .doOnTerminate(connection::endHold)
                .doOnCancel(connection::endHold);
    }

    private void heldTooLong(Reader reader, long epoch) {
        line.withHolders(holders -> holders.end(reader, epoch, bounds.hold().end()));
        listener.heldTooLong(reader.connection.name(), epoch);
    }

    void leave(Reader reader) {
        line.withHolders(holders -> holders.leave(reader));
        admit();
    }

    /** Called after whatever may have made room. */
    private void admit() {
        if (line.hasHolders()) {
            line.admit().forEach(IngressLane::letOn);
        }
    }

    private static void letOn(Holder holder) {
        try {
            holder.admitted().run();
        } catch (RejectedExecutionException threadEnded) {
            // Its session's thread is gone, and its session with it: it will leave, and others must not wait for that.
        }
    }

    @Nullable
    Waiting show(Turn turn) {
        return line.show(turn);
    }

    void begin(Turn turn) {
        line.begin(turn);
    }

    boolean claim(Turn turn, Waiting waiting) {
        boolean claimed = turn.claim(waiting);
        admit();
        if (claimed) {
            waiting.connection.claimed(waiting);
        }
        return claimed;
    }

    void end(Turn turn) {
        line.end(turn);
    }

    int unclaimed(Turn turn) {
        return line.unclaimed(turn);
    }
}
