package io.headgate.host.command;

import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Verdict;
import io.headgate.host.diagnostics.Printable;
import io.headgate.host.transport.Wire;
import io.headgate.plugin.OutputCommand;
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
 * <p>A text for which the connection's {@link SendTokens} have no token waits in its place in the mailbox, and all behind it; a
 * timer brings the next run. A {@code Close} needs none.
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
    /** Owned by the session's thread: a text was written and not flushed. */
    private boolean unflushed;
    /** Owned by the session's thread: the oldest text found no token. */
    private boolean outOfTokens;

    private final HandedOver handedOver = new HandedOver();
    private final SendTokens tokens;
    private final Alarm nextToken;

    /** A close that stands behind so many commands. */
    private record HostClose(int code, String reason, int behind) {
        HostClose after(int taken) {
            return new HostClose(code, reason, behind - taken);
        }
    }

    /**
     * Makes the writer of a session that has just opened, without a send budget.
     *
     * @param wire the way out
     * @param gate decides before each write
     * @param bounds the most that may wait
     */
    public OutboundWriter(Wire wire, CommandGate gate, MailboxBounds bounds) {
        this(wire, gate, bounds, SendTokens.unlimited());
    }

    /**
     * Makes the writer of a session that has just opened, and listens to its wire. Called on the session's thread.
     *
     * @param wire the way out
     * @param gate decides before each write
     * @param bounds the most that may wait
     * @param tokens the connection's: each text takes one
     */
    public OutboundWriter(Wire wire, CommandGate gate, MailboxBounds bounds, SendTokens tokens) {
        this.wire = Objects.requireNonNull(wire, "wire");
        this.gate = Objects.requireNonNull(gate, "gate");
        this.mailbox = new Mailbox(bounds);
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.nextToken = new Alarm(tokens.timer(), this::wake);
        wire.onChange(this::drain);
    }

    /**
     * Takes a {@code SendText} or {@code Close}. Any thread; never blocks. The command is decided exactly once: here when the
     * mailbox is full or the session's thread has ended, else on that thread.
     *
     * @param command the command
     */
    public void send(IssuedCommand command) {
        if (tokens.isLimited()) {
            command.arrivedAt(tokens.now());
        }
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
     * Asks the gate again about every command that waits, as what it allows has changed: what it refuses now is refused at once,
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
                handedOver.tellWhenNone(settled);
                // What was refused may have kept others from their turn.
                drain();
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
            if (gate.verdict(waits) instanceof Verdict.Refused refused && mailbox.remove(waits)) {
                refuse(waits, refused);
            }
        }
    }

    /** Looks again at what waits, as the tokens have changed. Any thread. */
    public void wake() {
        if (!woken.getAndSet(true) && !wire.execute(this::drain)) {
            ended();
        }
    }

    private void ended() {
        threadEnded = true;
        nextToken.end();
        tokens.nothingWaits();
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
            takeBatch();
            if (unflushed) {
                unflushed = false;
                wire.flush();
            }
        } finally {
            draining = false;
        }
        closeIfDue();
        boolean waits = outOfTokens && wire.isOpen();
        if (!waits && nextToken.off()) {
            tokens.nothingWaits();
        }
        if (!mailbox.isEmpty() && mayTakeNext() && !waits) {
            wake();
        }
    }

    private void takeBatch() {
        HostClose closing = hostClose;
        int most = closing == null ? MAX_BATCH : Math.min(MAX_BATCH, closing.behind());
        int taken = 0;
        outOfTokens = false;
        while (taken < most && mayTakeNext() && (tokens.isLimited() ? takeWithinBudget() : take())) {
            taken++;
        }
        hostClose = closing == null ? hostClose : closing.after(taken);
    }

    /** Deals with the oldest command, and answers whether there was one. */
    private boolean take() {
        IssuedCommand next = mailbox.poll();
        if (next == null) {
            return false;
        }
        write(next, false);
        return true;
    }

    /** Likewise, but leaves a text in its place for which there is no token yet. */
    private boolean takeWithinBudget() {
        IssuedCommand next = mailbox.peek();
        if (next == null) {
            return false;
        }
        boolean needsToken = needsToken(next);
        boolean hasToken = needsToken && tokens.take();
        if (needsToken && !hasToken) {
            return refuseIfTooLate(next);
        }
        if (mailbox.remove(next)) {
            write(next, hasToken);
        } else if (hasToken) {
            tokens.giveBack();
        }
        return true;
    }

    /** What is refused anyway takes no token, and waits for none. */
    private boolean needsToken(IssuedCommand next) {
        return wire.isOpen()
                && next.command() instanceof OutputCommand.SendText
                && gate.verdict(next) instanceof Verdict.Allowed;
    }

    private boolean refuseIfTooLate(IssuedCommand next) {
        long pause = tokens.pause(next);
        if (pause > 0) {
            outOfTokens = true;
            nextToken.in(pause);
            return false;
        }
        if (mailbox.remove(next)) {
            refuse(next, tokens.refusal());
        }
        return true;
    }

    private void closeIfDue() {
        HostClose closing = hostClose;
        if (closing != null && (closing.behind() <= 0 || mailbox.isEmpty() || outOfTokens || !mayTakeNext())) {
            hostClose = null;
            wire.close(closing.code(), closing.reason());
        }
    }

    /** A closed wire takes nothing, so that what waits is rejected at once. */
    private boolean mayTakeNext() {
        return !wire.isOpen() || wire.isWritable();
    }

    private void write(IssuedCommand next, boolean hasToken) {
        if (!wire.isOpen()) {
            refuse(next, NOT_OPEN);
        } else if (next.command() instanceof OutputCommand.Close close) {
            close(next, close);
        } else {
            text(next, hasToken);
        }
    }

    private void close(IssuedCommand next, OutputCommand.Close close) {
        if (gate.verdict(next) instanceof Verdict.Refused refused) {
            refuse(next, refused);
        } else {
            wire.close(close.code(), close.reason());
            mailbox.release(next);
            next.done();
        }
    }

    private void text(IssuedCommand next, boolean hasToken) {
        if (gate.verdict(next) instanceof Verdict.Refused refused) {
            refuse(next, refused);
            if (hasToken) {
                tokens.giveBack();
            }
            return;
        }
        String text = ((OutputCommand.SendText) next.command()).text();
        handedOver.one();
        unflushed = true;
        wire.write(text, error -> decided(next, hasToken, error));
    }

    private void decided(IssuedCommand command, boolean hasToken, @Nullable Throwable error) {
        if (hasToken) {
            tokens.left();
        }
        mailbox.release(command);
        if (error == null) {
            command.sent();
        } else {
            command.failed("it may have left: " + Printable.error(error));
        }
        handedOver.oneLess();
    }
}
