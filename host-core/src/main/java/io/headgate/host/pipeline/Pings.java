package io.headgate.host.pipeline;

import io.headgate.host.authority.LivenessSettings;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Wire;
import java.time.Duration;

/**
 * The host's pings on one session, numbered from 1. The deadline is that of the last one; an answer to a later one answers
 * those before it (RFC 6455, 5.5.3). More than one is under way only where the session is held.
 */
final class Pings {

    private final Wire wire;
    private final PingListener listener;
    private final long intervalNanos;
    private final long timeoutNanos;
    private long sent;
    private long answered;
    private long lastAtNanos;
    private long deadlineNanos;

    Pings(Wire wire, LivenessSettings settings, PingListener listener, long now) {
        this.wire = wire;
        this.listener = listener;
        this.intervalNanos = settings.pingInterval().map(Duration::toNanos).orElse(Silence.NEVER);
        this.timeoutNanos = settings.pongTimeout().toNanos();
        this.lastAtNanos = now;
    }

    /** The interval goes on, unless the clock went back; what is under way has all of its time again. */
    void restart(long now) {
        deadlineNanos = now + timeoutNanos;
        lastAtNanos = Math.min(lastAtNanos, now);
    }

    void leaveOut(long nanos) {
        deadlineNanos += nanos;
        lastAtNanos += nanos;
    }

    /** A pong that answers none of them, or one that is answered already, counts as any other frame. */
    void answered(Frame.Pong pong, long now) {
        long number = pong.answers();
        if (number <= answered || number > sent) {
            return;
        }
        answered = number;
        if (number == sent) {
            listener.answered(Math.max(0, now - lastAtNanos));
        }
    }

    boolean isOverdue(long now) {
        return isWaiting() && now >= deadlineNanos;
    }

    /** To a peer that is held the host shows that it lives, whether it can hear the answers or not; but it piles nothing up. */
    void pingIfDue(boolean isHeld, long now) {
        if (dueIn(now) > 0 || (isWaiting() && !(isHeld && wire.isWritable()))) {
            return;
        }
        sent++;
        lastAtNanos = now;
        deadlineNanos = now + timeoutNanos;
        wire.ping(sent);
        listener.pinged();
    }

    long nextIn(long now) {
        if (intervalNanos == Silence.NEVER) {
            return Silence.NEVER;
        }
        long due = dueIn(now);
        long next = due > 0 ? due : intervalNanos;
        return isWaiting() ? Math.min(next, deadlineNanos - now) : next;
    }

    private boolean isWaiting() {
        return sent > answered;
    }

    private long dueIn(long now) {
        return intervalNanos == Silence.NEVER ? Silence.NEVER : intervalNanos - (now - lastAtNanos);
    }

    Duration timeout() {
        return Duration.ofNanos(timeoutNanos);
    }
}
