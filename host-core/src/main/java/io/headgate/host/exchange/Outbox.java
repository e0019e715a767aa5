package io.headgate.host.exchange;

import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Verdict;
import io.headgate.host.command.Utf8;
import io.headgate.host.transport.Wire;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Writes the texts of one exchange, one after another, each with its own outcome.
 *
 * <pre>
 *   offer (any thread) ─► bounds ─► waiting ─► drain (the session's thread, while writable) ─► gate ─► one write a text
 * </pre>
 *
 * <p>Between gate and write nothing waits. It takes {@link ExchangeSettings#texts} in all, so that one run is bounded too.
 */
final class Outbox {

    private final Wire wire;
    private final Supplier<Verdict> gate;
    private final Supplier<End> ended;
    private final ExchangeSettings bounds;
    private final int maxMessageBytes;
    private final Queue<Send> waiting = new ConcurrentLinkedQueue<>();
    /** Accepted, and the plugin not told yet; no more than there may be texts. */
    private final Set<Send> undecided = ConcurrentHashMap.newKeySet();

    private volatile boolean abandoned;
    /** Guarded by this, as the next one. */
    private int accepted;

    private long undecidedBytes;
    /** Owned by the session's thread: a write may end the session, which would drain again from within. */
    private boolean draining;
    /** Owned by the session's thread: texts that the wire has, and has not told the end of. */
    private int handedOver;
    /** Completes when the socket was cut and the wire has told the end of every text. */
    private final Sinks.Empty<Void> cutOff = Sinks.empty();
    /** Owned by the session's thread. */
    private boolean cutting;

    /**
     * Makes the way out of a session that has just opened, and listens to its wire. Called on the session's thread.
     *
     * @param gate asked right before each write
     * @param ended how the exchange ended, for what waits when it does
     */
    Outbox(Wire wire, Supplier<Verdict> gate, Supplier<End> ended, ExchangeSettings bounds, int maxMessageBytes) {
        this.wire = wire;
        this.gate = gate;
        this.ended = ended;
        this.bounds = bounds;
        this.maxMessageBytes = maxMessageBytes;
        wire.onChange(this::drain);
    }

    /** Takes a text; it is decided once. */
    void offer(Send send) {
        if (admit(send.bytes()) instanceof Verdict.Refused refused) {
            send.refused(refused);
            return;
        }
        undecided.add(send);
        if (abandoned) {
            // Who abandons them may not have seen this one.
            send.abandoned(ended.get());
        }
        waiting.add(send);
        wake();
    }

    /** Tells the plugin at once what became of each, whatever the socket does; from now on it hears of none. Any thread. */
    void abandon() {
        abandoned = true;
        undecided.forEach(send -> send.abandoned(ended.get()));
    }

    private void wake() {
        if (!wire.execute(this::drain)) {
            rejectAll();
        }
    }

    private synchronized Verdict admit(int bytes) {
        Verdict form = Utf8.verdict(bytes, maxMessageBytes);
        if (form instanceof Verdict.Refused) {
            return form;
        }
        if (accepted >= bounds.texts()) {
            return Verdict.refused(
                    Rule.EXCHANGE_USED_UP,
                    "the exchange has sent " + bounds.texts() + " texts, its bound",
                    "declare a connection for what takes more");
        }
        if (undecidedBytes + bytes > bounds.waitingBytes()) {
            return Verdict.refused(
                    Rule.MAILBOX_FULL,
                    undecidedBytes + " bytes wait to be written, the bound is " + bounds.waitingBytes(),
                    "wait for a text to be sent before the next one");
        }
        accepted++;
        undecidedBytes += bytes;
        return Verdict.ALLOWED;
    }

    private synchronized void release(Send send) {
        undecidedBytes -= send.bytes();
        undecided.remove(send);
    }

    /** Closes the session, behind what was offered before and can leave. Any thread; the first one counts. */
    void close(int code, String reason) {
        boolean runs = wire.execute(() -> {
            wire.close(code, reason);
            drain();
        });
        if (!runs) {
            rejectAll();
        }
    }

    /** Refuses what waits and closes the socket at once, without a Close frame: it may not be used any more. Any thread. */
    void revoke() {
        boolean runs = wire.execute(() -> {
            refuseAll();
            cutting = true;
            wire.abort();
            settle();
        });
        if (!runs) {
            rejectAll();
            // With the session's thread its socket is gone, and what was handed over with it.
            cutOff.tryEmitEmpty();
        }
    }

    /** Completes when, after {@link #revoke}, the wire has told the end of every text. */
    Mono<Void> cutOff() {
        return cutOff.asMono();
    }

    private void refuseAll() {
        for (Send left = waiting.poll(); left != null; left = waiting.poll()) {
            release(left);
            if (gate.get() instanceof Verdict.Refused refused) {
                left.refused(refused);
            } else {
                left.tooLate(ended.get());
            }
        }
    }

    private void settle() {
        if (cutting && handedOver == 0) {
            // A second revocation finds it given.
            cutOff.tryEmitEmpty();
        }
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            if (writeAll()) {
                wire.flush();
            }
        } finally {
            draining = false;
        }
    }

    private boolean writeAll() {
        boolean wrote = false;
        while (!wire.isOpen() || wire.isWritable()) {
            Send next = waiting.poll();
            if (next == null) {
                return wrote;
            }
            wrote |= write(next);
        }
        return wrote;
    }

    private boolean write(Send next) {
        if (next.isTakenBack()) {
            release(next);
        } else if (!wire.isOpen()) {
            release(next);
            next.tooLate(ended.get());
        } else if (gate.get() instanceof Verdict.Refused refused) {
            release(next);
            next.refused(refused);
        } else if (!next.handOver()) {
            release(next);
        } else {
            handedOver++;
            wire.write(next.text(), error -> decided(next, error));
            return true;
        }
        return false;
    }

    private void decided(Send send, @Nullable Throwable error) {
        handedOver--;
        release(send);
        if (error == null) {
            send.sent();
        } else {
            send.failed(error);
        }
        settle();
    }

    private void rejectAll() {
        for (Send left = waiting.poll(); left != null; left = waiting.poll()) {
            release(left);
            left.tooLate(ended.get());
        }
    }
}
