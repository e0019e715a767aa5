package io.headgate.host.exchange;

import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.Verdict;
import io.headgate.host.diagnostics.Printable;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Session;
import io.headgate.plugin.PullException.Reason;
import io.headgate.plugin.PulledText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * One exchange, from its dial to when its socket is gone. Safe for any thread.
 *
 * <pre>
 *   DIALLING ─ accepted ─► OPEN ─ any end ─► CLOSING ─ socket gone, at the cut at the latest ─► GONE
 *       └──── failed, refused, given up ─────────────────────────────────────────────────────────►┘
 * </pre>
 *
 * <p>It takes its place from the dial until it is gone. The first end counts: {@link #end}. It reads without bound, so that
 * pings are answered and the peer's end is seen while nobody asks, and is bounded by the {@link Inbox}.
 */
final class Exchange {

    /** What the driver's own close deadline is given on top, before the socket is cut. */
    private static final Duration CUT_AFTER_CLOSE = Duration.ofSeconds(1);

    private final ConnectionSpec spec;
    private final ConnectionDriver driver;
    private final ExchangeSettings settings;
    private final Scheduler timer;
    private final ExchangeReporter reporter;
    private final Supplier<Verdict> gate;
    private final Inbox inbox;

    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private final AtomicBoolean claimed = new AtomicBoolean();
    /** Completes when the plugin can be told that it is open, or that it never will be. */
    private final Sinks.Empty<Void> answered = Sinks.empty();

    private final Sinks.Empty<Void> closing = Sinks.empty();
    private final Sinks.Empty<Void> cut = Sinks.empty();
    private final Sinks.Empty<Void> gone = Sinks.empty();
    /** Completes when the plugin is owed no more signal. */
    private final Sinks.Empty<Void> settled = Sinks.empty();

    private volatile @Nullable Outbox outbox;
    private volatile String subprotocol = "";

    /**
     * Makes an exchange that has taken its place, and dials nothing yet.
     *
     * @param gate asked right before each text is written
     */
    Exchange(
            ConnectionSpec spec,
            ConnectionDriver driver,
            ExchangeSettings settings,
            Scheduler timer,
            ExchangeReporter reporter,
            Supplier<Verdict> gate) {
        this.spec = spec;
        this.driver = driver;
        this.settings = settings;
        this.timer = timer;
        this.reporter = reporter;
        this.gate = gate;
        this.inbox = new Inbox(settings);
    }

    /** Dials: the one subscription at the root of its life. */
    void start(Runnable whenGone) {
        life().doFinally(signal -> gone(whenGone)).subscribe();
    }

    private Mono<Void> life() {
        Mono<Void> late = closing.asMono()
                .then(Mono.delay(spec.closeTimeout().plus(CUT_AFTER_CLOSE), timer))
                .then();
        return Mono.defer(() -> end.get() == null ? driver.connect(spec, this::session) : Mono.empty())
                .onErrorResume(error -> Mono.fromRunnable(() -> broke(error)))
                .takeUntilOther(Mono.firstWithSignal(cut.asMono(), late));
    }

    /** On the session's thread. */
    private Publisher<Void> session(Session session) {
        subprotocol = session.subprotocol();
        outbox = new Outbox(session.wire(), gate, this::endOrClosing, settings, spec.maxMessageBytes());
        if (end.get() != null) {
            // Given up while the peer accepted: the driver closes what was not used.
            return Mono.empty();
        }
        answered.tryEmitEmpty();
        Sinks.Empty<Void> over = Sinks.empty();
        Mono<Void> reading = session.frames()
                .doOnNext(this::arrived)
                .then()
                .doOnSuccess(completed -> endedWithoutClose())
                .doFinally(signal -> over.tryEmitEmpty());
        Mono<Void> life = Mono.delay(settings.life(), timer)
                .doOnNext(passed -> close(End.expired(settings.life().toMillis() + " ms")))
                .then()
                .takeUntilOther(over.asMono());
        return Mono.when(reading, life);
    }

    private void arrived(Frame frame) {
        if (end.get() != null) {
            return;
        }
        if (frame instanceof Frame.Text text) {
            reporter.ledger().received(text.bytes());
            String bound = inbox.put(new PulledText(text.text(), text.bytes(), reporter.now()));
            if (bound != null) {
                close(End.failed(End.TOO_MUCH, "the peer sent " + bound));
            }
        } else if (frame instanceof Frame.Binary binary) {
            reporter.binary(binary.bytes());
            close(End.failed(End.UNSUPPORTED, "the peer sent a binary message: only text is supported"));
        } else if (frame instanceof Frame.Close close) {
            String reason = Printable.text(close.reason());
            end(End.byClose(
                    close.code(),
                    "closed with " + close.code() + " by " + close.initiator()
                            + (reason.isEmpty() ? "" : ": " + reason)));
        }
    }

    private void endedWithoutClose() {
        end(End.failed(End.ABNORMAL, "the connection ended without a Close frame"));
    }

    private void broke(Throwable error) {
        String detail = Printable.error(error);
        end(outbox == null ? End.notDialled(detail) : End.failed(0, detail));
    }

    /** The first end counts; answers whether this was it. */
    private boolean end(End reached) {
        if (!end.compareAndSet(null, reached)) {
            return false;
        }
        inbox.end(reached);
        if (reached.isFault()) {
            reporter.failed(reached);
        }
        // Each finds it given, where the other has told before.
        answered.tryEmitEmpty();
        closing.tryEmitEmpty();
        return true;
    }

    /** Ends it from this side: with a Close frame, or by giving the dial up. */
    void close(End reached) {
        if (!end(reached)) {
            return;
        }
        Outbox out = outbox;
        if (out == null) {
            cut();
        } else {
            out.close(reached.closeCode(), reached.closeReason());
        }
    }

    /**
     * Its incarnation is over: what the plugin still waits for is told at once, not when a slow socket comes to it, as the next
     * incarnation may have begun by then.
     */
    void endWithIncarnation() {
        close(End.withIncarnation());
        settle();
    }

    private void settle() {
        Outbox out = outbox;
        if (out != null) {
            out.abandon();
        }
        // With the incarnation, with the socket, or both: the second finds it given.
        settled.tryEmitEmpty();
    }

    ConnectionSpec spec() {
        return spec;
    }

    /**
     * Ends it at once if it is no longer allowed, or not as it was dialled. The end does not wait for who subscribes.
     *
     * @return empty where it may go on; else completes when nothing of it leaves any more
     */
    Optional<Mono<Void>> endUnlessAllowed(DialTerms now) {
        Verdict asked = gate.get();
        boolean taken =
                asked instanceof Verdict.Refused refusal && refusal.rule().isAuthority();
        Verdict verdict = taken ? asked : stillHolds(now);
        if (!(verdict instanceof Verdict.Refused refused)) {
            return Optional.empty();
        }
        end(End.revoked(refused.explanation()));
        Outbox out = outbox;
        if (out != null) {
            out.revoke();
        }
        settle();
        cut();
        // One that the peer accepts from now on finds the end: nothing is written to it.
        return Optional.of(out == null ? gone() : out.cutOff().then(gone()));
    }

    private Verdict stillHolds(DialTerms now) {
        return outbox == null
                ? spec.terms().stillHold(now)
                : spec.terms().stillHold(now, subprotocol.isEmpty() ? List.of() : List.of(subprotocol));
    }

    /** Ends the socket at once. */
    void cut() {
        // Emitted once or more: every further one finds it done.
        cut.tryEmitEmpty();
    }

    private void gone(Runnable whenGone) {
        end(End.failed(End.ABNORMAL, "the connection ended without a Close frame"));
        reporter.ledger().leave(endOrClosing());
        settle();
        whenGone.run();
        // doFinally runs once, so this is the first and only signal.
        gone.tryEmitEmpty();
    }

    private End endOrClosing() {
        End reached = end.get();
        return reached == null ? End.byClose(End.ABNORMAL, "the exchange is being closed") : reached;
    }

    /** Completes when it is open, or will never be. */
    Mono<Void> answered() {
        return answered.asMono();
    }

    /** Completes when its socket is gone and its place is free. */
    Mono<Void> gone() {
        return gone.asMono();
    }

    /** Completes when its socket is gone, or its incarnation is over. */
    Mono<Void> settled() {
        return settled.asMono();
    }

    /** The plugin is being told: from now on it is the plugin's to close. Fails where it never opened. */
    Exchange claim() {
        claimed.set(true);
        if (outbox == null) {
            throw endOrClosing().error();
        }
        return this;
    }

    /** The plugin waits no more to be told; where it was not, nobody would ever close it. */
    void unlessClaimed() {
        if (!claimed.get()) {
            giveUp();
        }
    }

    /** Nobody holds it. */
    void giveUp() {
        close(new End(Reason.CLOSED, End.NORMAL, "the plugin gave the exchange up", false));
    }

    String subprotocol() {
        return subprotocol;
    }

    Inbox inbox() {
        return inbox;
    }

    /** Completes when a wait from now on is over; never where it is no shorter than its life, whose end is told before. */
    Mono<Void> tooLate(Duration wait) {
        return wait.compareTo(settings.life()) < 0 ? Mono.delay(wait, timer).then() : Mono.never();
    }

    ExchangeLedger ledger() {
        return reporter.ledger();
    }

    void send(String text, MonoSink<Void> plugin) {
        Send send = new Send(text, reporter, plugin);
        Outbox out = outbox;
        End reached = end.get();
        if (out == null || reached != null) {
            send.tooLate(endOrClosing());
        } else {
            out.offer(send);
        }
    }
}
