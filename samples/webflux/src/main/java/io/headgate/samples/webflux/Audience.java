package io.headgate.samples.webflux;

import io.headgate.host.json.MessageJson;
import io.headgate.plugin.IngressEvent;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

/**
 * The streams of events, and how many there may be. To tell it something takes the plugin a short lock for each of them, and never
 * waits: each stream takes what waits in its seat when its response asks for more. Safe for any thread.
 */
final class Audience {

    private final int streams;
    private final int buffer;
    private final Scheduler scheduler;
    // All guarded by this.
    private final Map<Seat, FluxSink<Boolean>> seats = new HashMap<>();
    private SeatCounts gone = SeatCounts.ZERO;
    private boolean closed;

    /**
     * Makes one without streams.
     *
     * @param streams how many there may be at once
     * @param buffer how many events may wait for each
     * @param scheduler runs the streams, so that no response is written on the plugin's thread
     */
    Audience(int streams, int buffer, Scheduler scheduler) {
        this.streams = streams;
        this.buffer = buffer;
        this.scheduler = scheduler;
    }

    void tell(IngressEvent event) {
        Map<Seat, FluxSink<Boolean>> now = seated();
        if (now.isEmpty()) {
            return;
        }
        ServerSentEvent<String> told = ServerSentEvent.<String>builder()
                .id(event.id().toString())
                .data(MessageJson.write(event))
                .build();
        now.forEach((seat, bell) -> {
            seat.put(told);
            bell.next(true);
        });
    }

    private synchronized Map<Seat, FluxSink<Boolean>> seated() {
        return Map.copyOf(seats);
    }

    /**
     * A stream of what happens from now on, which begins with {@code seated}.
     *
     * @return takes a seat at each subscription; fails with a {@link Problem} where there is none. Completes when the audience is
     *     closed, behind what waits
     */
    Flux<ServerSentEvent<String>> events() {
        return Flux.defer(() -> {
            Seat seat = new Seat(buffer);
            // A ring says that something waits. Rings are dropped but for the last, events are not: they are in the
            // seat.
            return Flux.<Boolean>create(bell -> enter(seat, bell), FluxSink.OverflowStrategy.LATEST)
                    .publishOn(scheduler, false, 1)
                    .concatMap(ring -> Flux.<ServerSentEvent<String>>generate(sink -> next(seat, sink)), 0)
                    .doFinally(end -> leave(seat));
        });
    }

    private void enter(Seat seat, FluxSink<Boolean> bell) {
        if (take(seat, bell)) {
            bell.next(true);
        } else {
            bell.error(Problem.noSeat(streams));
        }
    }

    private synchronized boolean take(Seat seat, FluxSink<Boolean> bell) {
        boolean free = !closed && seats.size() < streams;
        if (free) {
            seats.put(seat, bell);
        }
        return free;
    }

    private static void next(Seat seat, SynchronousSink<ServerSentEvent<String>> sink) {
        ServerSentEvent<String> next = seat.take();
        if (next == null) {
            sink.complete();
        } else {
            sink.next(next);
        }
    }

    private synchronized void leave(Seat seat) {
        if (seats.remove(seat) != null) {
            seat.leave();
            gone = gone.plus(seat.counts());
        }
    }

    /** Ends every stream, each behind what waits for it, and takes no further one. */
    void close() {
        Map<Seat, FluxSink<Boolean>> last;
        synchronized (this) {
            closed = true;
            last = seated();
        }
        last.values().forEach(FluxSink::complete);
    }

    synchronized int taken() {
        return seats.size();
    }

    /** What became of all events for all streams, those that are gone included. */
    synchronized SeatCounts counts() {
        return seats.keySet().stream().map(Seat::counts).reduce(gone, SeatCounts::plus);
    }
}
