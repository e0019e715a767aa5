package io.headgate.host.command;

import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Verdict;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.OutputCommand;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A command that the host has received: stamped with its id, its session and the incarnation it came from, and with exactly
 * one outcome ahead. Deciding it is safe from any thread; the first decision counts.
 */
public final class IssuedCommand {

    /** Stands where nobody is to be told any more. */
    private enum Told implements Runnable {
        DECIDED;

        @Override
        public void run() {}
    }

    private final CommandLedger ledger;
    private final CommandTally tally;
    private final OutputCommand command;
    private final CommandIds.Taken id;
    private final String connection;
    private final long epoch;
    private final long incarnation;
    /** The size of a {@code SendText} in UTF-8, {@link Utf8#MALFORMED}, or 0: measured once, before it is handed on. */
    private final int textBytes;

    /** When it was put into a mailbox under a send budget; 0 where there was none. Written before it is handed on. */
    private long arrivedAtMillis;

    private final AtomicReference<@Nullable Result> result = new AtomicReference<>();
    /** Who is told of the decision: {@code null} for nobody, {@link Told} once all were. */
    private final AtomicReference<@Nullable Runnable> listeners = new AtomicReference<>();

    IssuedCommand(
            CommandLedger ledger,
            CommandTally tally,
            OutputCommand command,
            CommandIds.Taken id,
            String connection,
            long epoch,
            long incarnation) {
        this.ledger = ledger;
        this.tally = tally;
        this.command = command;
        this.id = id;
        this.connection = connection;
        this.epoch = epoch;
        this.incarnation = incarnation;
        this.textBytes = command instanceof OutputCommand.SendText send ? Utf8.size(send.text()) : 0;
    }

    /**
     * What the plugin asked for.
     *
     * @return the command as it came; its id and epoch may be unset
     */
    public OutputCommand command() {
        return command;
    }

    /**
     * The id it goes by.
     *
     * @return the plugin's own, or one of the host's
     */
    public String id() {
        return id.id();
    }

    /**
     * The connection it is for, fit to print.
     *
     * @return the declared name; of an undeclared one at most 64 characters; empty for none
     */
    public String connection() {
        return connection;
    }

    /**
     * The session it is for.
     *
     * @return the epoch it named, or the one that was current when it was issued
     */
    public long epoch() {
        return epoch;
    }

    /**
     * The incarnation it came from.
     *
     * @return from 1
     */
    public long incarnation() {
        return incarnation;
    }

    /**
     * Whether the plugin wants to be told when it is sent.
     *
     * @return {@code true} for a {@code SendText} with {@code confirm}
     */
    public boolean wantsConfirmation() {
        return command instanceof OutputCommand.SendText send && send.confirm();
    }

    int textBytes() {
        return textBytes;
    }

    long arrivedAtMillis() {
        return arrivedAtMillis;
    }

    void arrivedAt(long millis) {
        arrivedAtMillis = millis;
    }

    /** Whether the id it came with may be used. */
    Verdict idVerdict() {
        return id.verdict();
    }

    /** The kernel took the frame's last byte. */
    public void sent() {
        decide(Result.SENT, null, "");
    }

    /** It was carried out. */
    public void done() {
        decide(Result.DONE, null, "");
    }

    /**
     * It was refused, and never handed to the transport.
     *
     * @param refused by which rule, and what can be done
     */
    public void refused(Verdict.Refused refused) {
        Result refusal = refused.rule().isAuthority() ? Result.DENIED : Result.REJECTED;
        decide(refusal, refused.rule(), refused.message() + "; " + refused.remedy());
    }

    /**
     * It was handed to the transport, which failed before it could tell.
     *
     * @param message what happened
     */
    public void failed(String message) {
        decide(Result.FAILED, null, message);
    }

    /**
     * Its decision.
     *
     * @return completes when it is decided, on the thread that decided it
     */
    public Mono<Void> whenDecided() {
        return Mono.create(sink -> onDecided(sink::success));
    }

    /** Tells of the decision, on the thread that decides; at once where it is decided. In the order in which they asked. */
    void onDecided(Runnable listener) {
        Runnable before = listeners.get();
        while (before != Told.DECIDED && !listeners.compareAndSet(before, both(before, listener))) {
            before = listeners.get();
        }
        if (before == Told.DECIDED) {
            listener.run();
        }
    }

    private static Runnable both(@Nullable Runnable first, Runnable second) {
        return first == null
                ? second
                : () -> {
                    first.run();
                    second.run();
                };
    }

    /**
     * Whether it is decided, and never reached the transport.
     *
     * @return false while it is undecided, and for what was sent or may have left
     */
    public boolean endedInTheHost() {
        Result now = result.get();
        return now != null && now != Result.SENT && now != Result.FAILED;
    }

    private void decide(Result decision, @Nullable Rule refusedIt, String message) {
        if (result.compareAndSet(null, decision)) {
            String rule = refusedIt == null ? "" : refusedIt.wireName();
            CommandOutcome told = new CommandOutcome(id(), connection, epoch, ledger.now(), decision, rule, message);
            ledger.decided(this, tally, told, refusedIt);
            Runnable listener = listeners.getAndSet(Told.DECIDED);
            if (listener != null) {
                listener.run();
            }
        }
    }
}
