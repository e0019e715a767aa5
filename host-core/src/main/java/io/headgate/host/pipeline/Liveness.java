package io.headgate.host.pipeline;

import io.headgate.host.authority.LivenessSettings;
import io.headgate.host.ingress.Held;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Ends a session whose peer is not there any more, or has nothing to say:
 * {@code session.frames().transform(liveness).transform(pipeline)}. It pings, and it has three limits, one for each thing that can
 * be missing:
 *
 * <pre>
 *   the answer to a ping  → the socket is cut off, and the frames fail with TIMEOUT: one of the two directions is dead
 *   any byte              → likewise: also without pings, and within an unfinished frame
 *   a message             → the session is closed with 1008: the peer is there, and silent
 * </pre>
 *
 * <p>While a session is held nobody reads, so nothing can be missing: the limits begin anew with the next look after it. Pings go
 * on, as long as the wire takes them. What lies before a look that comes too late, or too early, does not count: the process
 * stood still, or its clock jumped, and the silence may have been its own.
 *
 * <p>Passes frames and demand through. Nothing is scheduled for a frame: one timer looks every so often. It is the scheduler's
 * {@code now(NANOSECONDS)} that counts, which no setting of the wall clock moves. One subscription, on the session's thread.
 */
public final class Liveness implements Function<Flux<Frame>, Flux<Frame>> {

    private final Session session;
    private final LivenessSettings settings;
    private final Supplier<Held> held;
    private final Scheduler timer;
    private final PingListener listener;

    /**
     * Makes the liveness of one session.
     *
     * @param session pinged, and cut off or closed
     * @param settings interval and limits
     * @param held how the session is held; asked on its thread
     * @param timer times the looks
     * @param listener told of pings and their answers
     */
    public Liveness(
            Session session, LivenessSettings settings, Supplier<Held> held, Scheduler timer, PingListener listener) {
        this.session = Objects.requireNonNull(session, "session");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.held = Objects.requireNonNull(held, "held");
        this.timer = Objects.requireNonNull(timer, "timer");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    @Override
    public Flux<Frame> apply(Flux<Frame> frames) {
        return Flux.using(this::begin, vigil -> kept(frames, vigil), Vigil::end);
    }

    private Vigil begin() {
        Vigil vigil = new Vigil(session, settings, held, timer, listener);
        vigil.begin();
        return vigil;
    }

    /** The cut ends the frames, in whatever way; what they end with is why. */
    private static Flux<Frame> kept(Flux<Frame> frames, Vigil vigil) {
        return frames.doOnNext(vigil::arrived)
                .onErrorMap(
                        error -> vigil.missed().<Throwable>map(Liveness::gone).orElse(error))
                .concatWith(Mono.defer(() -> vigil.missed()
                        .<Mono<Frame>>map(why -> Mono.error(gone(why)))
                        .orElse(Mono.empty())));
    }

    private static TransportException gone(String why) {
        return new TransportException(FailureKind.TIMEOUT, why, null);
    }
}
