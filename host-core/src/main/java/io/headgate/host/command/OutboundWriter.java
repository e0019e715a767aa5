package io.headgate.host.command;

import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Verdict;
import io.headgate.host.diagnostics.Printable;
import io.headgate.host.transport.Wire;
import io.headgate.plugin.OutputCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Writes the commands of one session, one after another, each with its own outcome.
 *
 * <pre>
 *   send (any thread) ─► mailbox ─► drain (the session's thread, while the wire is writable) ─► THE gate ─► one write a
 *                          │ full                                                                │           command
 *                          └► rejected                                                           └► refused   └► sent | failed
 * </pre>
 *
 * <p>Between gate and write nothing waits. A {@code Close} is written in its place in the order; everything behind it is
 * rejected. When the session ends, what still waits is rejected and what was handed over fails.
 *
 * <p>One run on the session's thread takes {@value #MAX_BATCH} commands at most, with one flush; the next one queues up
 * behind whatever else that thread has to do, so that no flood keeps it from its other sessions.
 */
public final class OutboundWriter {

    /** The most commands that are taken before the session's thread turns to its other work. */
    public static final int MAX_BATCH = 256;

    private static final Verdict.Refused FULL = new Verdict.Refused(
            Rule.MAILBOX_FULL, "too much waits to be written", "send slower, or wait for the outcomes");
    /** What a command for a session that has ended is told. */
    public static final Verdict.Refused NOT_OPEN = new Verdict.Refused(
            Rule.SESSION_NOT_OPEN, "the session has ended, or is being closed", "send after the next Opened");

    private final Wire wire;
    private final CommandGate gate;
    private final Mailbox mailbox;
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean threadEnded;
    /** Owned by the session's thread: a write may end the session, which would drain again from within. */
    private boolean draining;
    /** Owned by the session's thread: the host's own close, while it waits for its place. */
    private @Nullable HostClose hostClose;
    /** Owned by the session's thread: texts that the wire has, and has not told the end of. */
    private int handedOver;
    /** Owned by the session's thread: who waits until none is handed over. */
    private final List<Sinks.Empty<Void>> settling = new ArrayList<>();

    /** A close that stands behind so many commands. */
    private record HostClose(int code, String reason, int behind) {
        HostClose after(int taken) {
            return new HostClose(code, reason, behind - taken);
        }
    }

    /**
     * Makes the writer of a session that has just opened, and listens to its wire. Called on the session's thread.
     *
     * @param wire the way out
     * @param gate decides before each write
     * @param bounds the most that may wait
     */
    public OutboundWriter(Wire wire, CommandGate gate, MailboxBounds bounds) {
        this.wire = Objects.requireNonNull(wire, "wire");
        this.gate = Objects.requireNonNull(gate, "gate");
        this.mailbox = new Mailbox(bounds);
        wire.onChange(this::drain);
    }

    /**
     * Takes a {@code SendText} or {@code Close}. Any thread; never blocks. The command is decided exactly once: here when the
     * mailbox is full or the session's thread has ended, else on that thread.
     *
     * @param command the command
     */
    public void send(IssuedCommand command) {
        if (!mailbox.offer(command)) {
            command.refused(FULL);
            return;
        }
        wake();
        if (threadEnded) {
            rejectAll();
        }
    }

    /**
     * Closes the session on the host's behalf, behind what waits and can leave; what the wire does not take by then is
     * rejected. Any thread; only the first call counts.
     *
     * @param code the close code
     * @param reason at most 123 bytes of UTF-8
     */
    public void close(int code, String reason) {
        boolean runs = wire.execute(() -> {
            // What is put in from now on has no claim to leave: else a flood would put the close off for ever.
            hostClose = hostClose == null ? new HostClose(code, reason, mailbox.waiting()) : hostClose;
            drain();
        });
        if (!runs) {
            ended();
        }
    }

    /**
     * Asks the gate again about every text that waits, as what it allows has changed: what it refuses now is refused at once,
     * wherever it stands and however slow the wire is. Any thread.
     *
     * @return completes when every text that was handed over is decided as well: from then on none leaves that the gate would
     *     refuse. Asks at each subscription; a subscriber that goes away changes nothing
     */
    public Mono<Void> recheck() {
        return rechecked(() -> {});
    }

    /**
     * As {@link #recheck}, and closes the socket at once, without a Close frame.
     *
     * @return completes when every text is decided
     */
    public Mono<Void> revoke() {
        return rechecked(wire::abort);
    }

    private Mono<Void> rechecked(Runnable then) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> settled = Sinks.empty();
            boolean runs = wire.execute(() -> {
                refuseWhatIsNoLongerAllowed();
                then.run();
                settling.add(settled);
                settle();
            });
            if (!runs) {
                // With the session's thread its socket is gone, and what was handed over with it.
                ended();
            }
            return runs ? settled.asMono() : Mono.empty();
        });
    }

    private void refuseWhatIsNoLongerAllowed() {
        for (IssuedCommand waits : mailbox.waitingCommands()) {
            if (waits.command() instanceof OutputCommand.SendText
                    && gate.verdict(waits) instanceof Verdict.Refused refused
                    && mailbox.remove(waits)) {
                refuse(waits, refused);
            }
        }
    }

    private void settle() {
        if (handedOver == 0) {
            List<Sinks.Empty<Void>> settled = List.copyOf(settling);
            settling.clear();
            // Each was added once and is told once; who has gone does not hear it.
            settled.forEach(Sinks.Empty::tryEmitEmpty);
        }
    }

    private void wake() {
        if (!woken.getAndSet(true) && !wire.execute(this::drain)) {
            ended();
        }
    }

    private void ended() {
        threadEnded = true;
        rejectAll();
    }

    private void rejectAll() {
        for (IssuedCommand left = mailbox.poll(); left != null; left = mailbox.poll()) {
            refuse(left, NOT_OPEN);
        }
    }

    private void refuse(IssuedCommand command, Verdict.Refused refused) {
        mailbox.release(command);
        command.refused(refused);
    }

    private void drain() {
        woken.set(false);
        if (draining) {
            return;
        }
        draining = true;
        try {
            if (writeBatch()) {
                wire.flush();
            }
        } finally {
            draining = false;
        }
        closeIfDue();
        if (!mailbox.isEmpty() && mayTakeNext()) {
            wake();
        }
    }

    private boolean writeBatch() {
        HostClose closing = hostClose;
        int most = closing == null ? MAX_BATCH : Math.min(MAX_BATCH, closing.behind());
        boolean wrote = false;
        int taken = 0;
        while (taken < most && mayTakeNext()) {
            IssuedCommand next = mailbox.poll();
            if (next == null) {
                break;
            }
            taken++;
            wrote |= write(next);
        }
        hostClose = closing == null ? hostClose : closing.after(taken);
        return wrote;
    }

    private void closeIfDue() {
        HostClose closing = hostClose;
        if (closing != null && (closing.behind() <= 0 || mailbox.isEmpty() || !mayTakeNext())) {
            hostClose = null;
            wire.close(closing.code(), closing.reason());
        }
    }

    /** A closed wire takes nothing, so that what waits is rejected at once. */
    private boolean mayTakeNext() {
        return !wire.isOpen() || wire.isWritable();
    }

    private boolean write(IssuedCommand next) {
        if (!wire.isOpen()) {
            refuse(next, NOT_OPEN);
            return false;
        }
        return next.command() instanceof OutputCommand.Close close ? close(next, close) : text(next);
    }

    private boolean close(IssuedCommand next, OutputCommand.Close close) {
        if (gate.fence(next) instanceof Verdict.Refused refused) {
            refuse(next, refused);
        } else {
            wire.close(close.code(), close.reason());
            mailbox.release(next);
            next.done();
        }
        return false;
    }

    private boolean text(IssuedCommand next) {
        if (gate.verdict(next) instanceof Verdict.Refused refused) {
            refuse(next, refused);
            return false;
        }
        String text = ((OutputCommand.SendText) next.command()).text();
        handedOver++;
        wire.write(text, error -> decided(next, error));
        return true;
    }

    private void decided(IssuedCommand command, @Nullable Throwable error) {
        handedOver--;
        mailbox.release(command);
        if (error == null) {
            command.sent();
        } else {
            command.failed("it may have left: " + Printable.error(error));
        }
        settle();
    }
}
