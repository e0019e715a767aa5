package io.headgate.host.pipeline;

import io.headgate.host.authority.LivenessSettings;
import io.headgate.host.ingress.Held;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.Wire;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * The looks at one session, one after another: each says when the next one comes. Every field belongs to the session's thread, but for
 * {@link #next}; the timer's task does nothing but go there.
 */
final class Vigil {

    /** RFC 6455, 7.4.1: policy violation; the peer kept the protocol, and not what is expected of it. */
    private static final int SILENT = 1008;
    /** A limit is noticed, and a look may be late, within such a part of it. */
    private static final int PARTS = 10;

    private final Session session;
    private final Wire wire;
    private final Supplier<Held> held;
    private final Scheduler timer;
    private final Pings pings;
    private final Silence bytes;
    private final Silence data;
    private final long tolerance;
    private final Disposable.Swap next = Disposables.swap();

    private long messages;
    private long timesHeld;
    private boolean isHeld;
    private long expectedAt;
    private long lookedAt;
    private @Nullable String missed;

    Vigil(Session session, LivenessSettings settings, Supplier<Held> held, Scheduler timer, PingListener listener) {
        this.session = session;
        this.wire = session.wire();
        this.held = held;
        this.timer = timer;
        this.pings = new Pings(wire, settings, listener, now());
        this.bytes = new Silence(settings.noBytes(), PARTS);
        this.data = new Silence(settings.noData(), PARTS);
        this.tolerance = shortest(settings) / PARTS;
    }

    private static long shortest(LivenessSettings settings) {
        long pong = settings.pingInterval().isPresent() ? settings.pongTimeout().toNanos() : Long.MAX_VALUE;
        return Math.min(pong, Math.min(nanos(settings.noBytes()), nanos(settings.noData())));
    }

    private static long nanos(Optional<Duration> limit) {
        return limit.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    void begin() {
        long now = now();
        lookedAt = now;
        timesHeld = held.get().times();
        restart(now);
        lookLater(now);
    }

    void end() {
        next.dispose();
    }

    /** What the peer failed to do, for which it was cut off. */
    Optional<String> missed() {
        return Optional.ofNullable(missed);
    }

    void arrived(Frame frame) {
        if (frame instanceof Frame.Text || frame instanceof Frame.Binary) {
            messages++;
        } else if (frame instanceof Frame.Pong pong) {
            pings.answered(pong, now());
        }
    }

    private void look() {
        // Where a Close was sent or has come, the close timeout is what ends the session.
        if (!wire.isOpen() || next.isDisposed()) {
            return;
        }
        long now = now();
        if (wasHeld()) {
            restart(now);
        } else if (Math.abs(now - expectedAt) > tolerance) {
            leaveOut(now - lookedAt);
        }
        lookedAt = now;
        bytes.look(session.reads(), now);
        data.look(messages, now);
        if (pings.isOverdue(now)) {
            cutOff("the peer did not answer a ping within " + pings.timeout());
        } else if (bytes.isOver(now)) {
            cutOff("the peer sent nothing for " + bytes.limit());
        } else if (data.isOver(now)) {
            wire.close(SILENT, "no message for " + data.limit());
        } else {
            pings.pingIfDue(isHeld, now);
            lookLater(now);
        }
    }

    /** Since the last look, be it for a moment: the answer may stand behind what was held. */
    private boolean wasHeld() {
        Held seen = held.get();
        boolean before = isHeld || seen.times() != timesHeld;
        timesHeld = seen.times();
        isHeld = seen.sinceMillis() > 0 || session.unread().frames() > 0;
        return before || isHeld;
    }

    private void restart(long now) {
        pings.restart(now);
        bytes.restart(now);
        data.restart(now);
    }

    /** What lies between two looks may be the host's own standing still, or a jump of its clock: it counts for nothing. */
    private void leaveOut(long nanos) {
        pings.leaveOut(nanos);
        bytes.leaveOut(nanos);
        data.leaveOut(nanos);
    }

    private void cutOff(String why) {
        missed = why;
        wire.abort();
    }

    private void lookLater(long now) {
        long in = Math.min(pings.nextIn(now), Math.min(bytes.nextIn(now), data.nextIn(now)));
        if (in < Long.MAX_VALUE) {
            expectedAt = now + in;
            next.replace(timer.schedule(() -> wire.execute(this::look), in, TimeUnit.NANOSECONDS));
        }
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }
}
