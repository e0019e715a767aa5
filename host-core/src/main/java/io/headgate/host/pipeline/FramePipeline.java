package io.headgate.host.pipeline;

import io.headgate.host.diagnostics.Printable;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Turns the frames of one session into its events: {@code session.frames().transform(pipeline)}.
 *
 * <pre>
 *   (subscribed)              → Opened
 *   Text                      → Text
 *   Close                     → Closed
 *   error                     → Failed, then complete
 *   complete without a Close  → Closed 1006, then complete (RFC 6455, 7.1.5)
 *   Binary, Ping, Pong        → no event; a Binary takes a sequence number
 * </pre>
 *
 * <p>It holds nothing back, so demand passes through. It never fails. Emits on the thread of the frames. One subscription:
 * the numbers go on.
 */
public final class FramePipeline implements Function<Flux<Frame>, Flux<IngressEvent>> {

    private final SessionOrigin origin;
    private final EventNumbers numbers;
    private final Scheduler clock;
    private final FrameListener listener;
    /** Set once the session's end has become an event: what the transport says afterwards adds nothing. */
    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * Makes the pipeline of one session.
     *
     * @param origin which session
     * @param numbers numbers its events
     * @param clock tells the time of an event, read once a frame
     * @param listener told of every frame
     */
    public FramePipeline(SessionOrigin origin, EventNumbers numbers, Scheduler clock, FrameListener listener) {
        this.origin = Objects.requireNonNull(origin, "origin");
        this.numbers = Objects.requireNonNull(numbers, "numbers");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    @Override
    public Flux<IngressEvent> apply(Flux<Frame> frames) {
        Flux<IngressEvent> events = frames.mapNotNull(this::event);
        return events.onErrorResume(error -> Mono.fromSupplier(() -> failed(error)))
                .concatWith(Mono.fromSupplier(this::endedWithoutClose))
                .startWith(Mono.fromSupplier(this::opened));
    }

    private @Nullable IngressEvent event(Frame frame) {
        long now = now();
        listener.arrived(frame, now);
        if (frame instanceof Frame.Text text) {
            return new IngressEvent.Text(
                    origin.connection(), origin.epoch(), numbers.next(), now, text.text(), text.bytes());
        }
        if (frame instanceof Frame.Close close) {
            return ended.getAndSet(true) ? null : closed(now, close.code(), close.reason(), close.initiator());
        }
        if (frame instanceof Frame.Binary) {
            numbers.next();
        }
        return null;
    }

    private IngressEvent opened() {
        return new IngressEvent.Opened(
                origin.connection(), origin.epoch(), numbers.next(), now(), origin.subprotocol());
    }

    private IngressEvent closed(long now, int code, String reason, Initiator initiator) {
        return new IngressEvent.Closed(
                origin.connection(), origin.epoch(), numbers.next(), now, code, reason, initiator);
    }

    private @Nullable IngressEvent failed(Throwable error) {
        if (ended.getAndSet(true)) {
            return null;
        }
        FailureKind kind = error instanceof TransportException broke ? broke.kind() : FailureKind.TRANSPORT;
        return new IngressEvent.Failed(
                origin.connection(), origin.epoch(), numbers.next(), now(), kind, Printable.error(error));
    }

    private @Nullable IngressEvent endedWithoutClose() {
        return ended.getAndSet(true) ? null : closed(now(), 1006, "", Initiator.NOBODY);
    }

    private long now() {
        return clock.now(TimeUnit.MILLISECONDS);
    }
}
