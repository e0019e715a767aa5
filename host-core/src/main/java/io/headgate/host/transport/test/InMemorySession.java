package io.headgate.host.transport.test;

import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.Unread;
import io.headgate.host.transport.Wire;
import io.headgate.host.transport.WriteListener;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Initiator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** The host's end of an in-memory connection. Every field that is not final, and {@code onTheWay}, is owned by the loop. */
final class InMemorySession implements Session, Wire {

    private static final int TOO_BIG = 1009;

    private final ConnectionSpec spec;
    private final String subprotocol;
    private final Trampoline loop;
    private final Scheduler timers;
    private final Consumer<Frame> peer;
    private final LongConsumer pinged;
    private final Runnable hungUp;
    private final InMemoryFrames frames;
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private final Queue<Outgoing> onTheWay = new ArrayDeque<>();
    private Runnable listener = () -> {};
    private Disposable deadline = Disposables.disposed();
    private Frame.@Nullable Close first;
    private boolean failed;
    private boolean stalled;
    private boolean writable = true;
    private boolean gone;
    private long reads;

    /** A frame the host handed over that the peer has not taken yet. */
    private record Outgoing(Frame frame, WriteListener listener) {}

    /**
     * Makes an open session.
     *
     * @param peer takes what arrives at the peer
     * @param pinged told of each ping that does, by its number
     * @param hungUp told once, when the connection is gone
     */
    InMemorySession(
            ConnectionSpec spec,
            String subprotocol,
            Trampoline loop,
            Scheduler timers,
            Consumer<Frame> peer,
            LongConsumer pinged,
            Runnable hungUp) {
        this.spec = spec;
        this.subprotocol = subprotocol;
        this.loop = loop;
        this.timers = timers;
        this.peer = peer;
        this.pinged = pinged;
        this.hungUp = hungUp;
        this.frames = new InMemoryFrames(loop, this::abort);
    }

    @Override
    public String subprotocol() {
        return subprotocol;
    }

    @Override
    public Flux<Frame> frames() {
        return frames;
    }

    @Override
    public Unread unread() {
        return frames.unread();
    }

    @Override
    public Wire wire() {
        return this;
    }

    @Override
    public long reads() {
        return reads;
    }

    /** A part of a frame that is never complete. Inside the loop only. */
    void receivePart() {
        reads++;
    }

    Mono<Void> closed() {
        return closed.asMono();
    }

    @Override
    public boolean execute(Runnable task) {
        loop.execute(task);
        return true;
    }

    @Override
    public boolean isOpen() {
        return first == null && !gone;
    }

    @Override
    public boolean isWritable() {
        return writable && !gone;
    }

    @Override
    public void write(String text, WriteListener written) {
        requireInside("write");
        if (isOpen()) {
            onTheWay.add(new Outgoing(new Frame.Text(text, text.getBytes(StandardCharsets.UTF_8).length), written));
        } else {
            written.written(new TransportException(FailureKind.TRANSPORT, "the session is not open", null));
        }
    }

    @Override
    public void flush() {
        requireInside("flush");
        Outgoing next;
        while (!stalled && (next = onTheWay.poll()) != null) {
            peer.accept(next.frame());
            next.listener().written(null);
        }
    }

    @Override
    public void ping(long number) {
        requireInside("ping");
        if (isOpen()) {
            onTheWay.add(new Outgoing(new Frame.Ping(Long.BYTES), error -> pinged(number, error)));
            flush();
        }
    }

    private void pinged(long number, @Nullable Throwable error) {
        if (error == null) {
            pinged.accept(number);
        }
    }

    @Override
    public void close(int code, String reason) {
        requireInside("close");
        if (isOpen()) {
            send(new Frame.Close(code, reason, Initiator.HOST), error -> {});
        }
    }

    @Override
    public void abort() {
        if (loop.isInside()) {
            vanish(null);
        } else {
            loop.execute(() -> vanish(null));
        }
    }

    @Override
    public void onChange(Runnable changed) {
        requireInside("onChange");
        listener = changed;
    }

    /** From here on: what the peer does. Inside the loop only. */
    void receive(Frame frame, int bytes) {
        if (gone || failed || closedByPeer()) {
            return;
        }
        if (bytes > spec.maxMessageBytes()) {
            send(new Frame.Close(TOO_BIG, "", Initiator.HOST), error -> {});
            failed = true;
            frames.end(new TransportException(
                    FailureKind.PROTOCOL, "a message exceeded " + spec.maxMessageBytes() + " bytes", null));
            return;
        }
        reads++;
        frames.emit(frame);
    }

    void receiveClose(int code, String reason) {
        if (first != null) {
            vanish(null);
        } else if (!gone) {
            Frame.Close close = new Frame.Close(code, reason, Initiator.PEER);
            frames.emit(close);
            send(close, error -> vanish(null));
        }
    }

    void stall(boolean now, boolean takesMore) {
        stalled = now;
        writable = takesMore;
        flush();
        listener.run();
    }

    /** The connection is gone. After a Close that is its end; before one it is an error, if there is a cause, or a plain end. */
    void vanish(@Nullable TransportException cause) {
        if (gone) {
            return;
        }
        gone = true;
        deadline.dispose();
        Frame.Close close = first;
        if (close != null && close.initiator() == Initiator.HOST) {
            frames.emit(close);
        }
        frames.end(close == null ? cause : null);
        TransportException lost = new TransportException(FailureKind.TRANSPORT, "the connection ended", cause);
        onTheWay.forEach(waiting -> waiting.listener().written(lost));
        onTheWay.clear();
        hungUp.run();
        listener.run();
        closed.tryEmitEmpty();
    }

    private boolean closedByPeer() {
        return first != null && first.initiator() == Initiator.PEER;
    }

    private void send(Frame.Close close, WriteListener written) {
        if (first != null) {
            return;
        }
        first = close;
        deadline = timers.schedule(this::abort, spec.closeTimeout().toNanos(), TimeUnit.NANOSECONDS);
        onTheWay.add(new Outgoing(close, written));
        flush();
        listener.run();
    }

    /** The twin is stricter than the real thing, so that a test shows who calls from another thread. */
    private void requireInside(String what) {
        if (!loop.isInside()) {
            throw new IllegalStateException(what + " must be called on the session's thread: use execute");
        }
    }
}
