package io.headgate.host.exchange;

import io.headgate.plugin.PulledText;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The texts of one exchange that wait to be taken, within its bounds, and the one taker that may wait for them. Written by the
 * session's thread, taken from any; one short lock, under which nothing foreign is called.
 *
 * <p>Taking has two steps, as in the ingress lane: the bell says that it is worth looking, and only {@link #take}, right before
 * the plugin's {@code onNext}, removes. So a taker that is cancelled in between loses nothing.
 */
final class Inbox {

    private final ExchangeSettings bounds;
    // All that follows is guarded by this.
    private final Queue<PulledText> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private int arrived;
    private @Nullable Object taker;
    private @Nullable End end;
    private Sinks.Empty<Void> bell = Sinks.empty();

    /** What a taker found. */
    record Found(@Nullable PulledText text, @Nullable End end) {
        static final Found NOTHING = new Found(null, null);
    }

    Inbox(ExchangeSettings bounds) {
        this.bounds = bounds;
    }

    /** Puts a text; answers the bound it would exceed, else {@code null}. */
    @Nullable
    String put(PulledText text) {
        Sinks.Empty<Void> ringing;
        synchronized (this) {
            if (end != null) {
                return null;
            }
            if (arrived >= bounds.texts()) {
                return "more than " + bounds.texts() + " texts, the bound of an exchange";
            }
            if (waitingBytes + text.bytes() > bounds.waitingBytes()) {
                return "more than " + bounds.waitingBytes() + " bytes that wait, the bound of an exchange";
            }
            arrived++;
            waitingBytes += text.bytes();
            waiting.add(text);
            ringing = bell;
        }
        ring(ringing);
        return null;
    }

    /** Nothing more arrives. Only the first end counts. */
    void end(End reached) {
        Sinks.Empty<Void> ringing;
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = reached;
            if (!reached.keepsTexts()) {
                waiting.clear();
            }
            ringing = bell;
        }
        ring(ringing);
    }

    /** Rung once for each taker: every further time finds it rung, or being rung. */
    private static void ring(Sinks.Empty<Void> bell) {
        bell.tryEmitEmpty();
    }

    /** One waits from now on; answers {@code null} where another does, else when it is worth looking. */
    synchronized @Nullable Mono<Void> await(Object newTaker) {
        if (taker != null) {
            return null;
        }
        taker = newTaker;
        bell = Sinks.empty();
        return !waiting.isEmpty() || end != null ? Mono.empty() : bell.asMono();
    }

    /** It waits no more, and has not taken anything. */
    synchronized void leave(Object leaving) {
        taker = taker == leaving ? null : taker;
    }

    /** Takes what is there, and makes room for the next taker; {@code null} for one that has left. */
    synchronized @Nullable Found take(Object taking) {
        if (taker != taking) {
            return null;
        }
        taker = null;
        PulledText next = waiting.poll();
        if (next != null) {
            waitingBytes -= next.bytes();
            return new Found(next, null);
        }
        return end == null ? Found.NOTHING : new Found(null, end);
    }
}
