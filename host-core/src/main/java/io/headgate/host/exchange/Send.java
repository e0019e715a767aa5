package io.headgate.host.exchange;

import io.headgate.host.authority.Verdict;
import io.headgate.host.command.Utf8;
import io.headgate.host.diagnostics.Printable;
import io.headgate.plugin.PullException;
import io.headgate.plugin.PullException.Reason;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.MonoSink;

/** One text on its way out, and who waits to hear what became of it. Told once; {@code toString} never shows the text. */
final class Send {

    private final String text;
    private final int bytes;
    private final ExchangeReporter reporter;
    private final MonoSink<Void> plugin;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITS);
    private volatile boolean takenBack;

    private enum State {
        WAITS,
        HANDED_OVER,
        TOLD
    }

    Send(String text, ExchangeReporter reporter, MonoSink<Void> plugin) {
        this.text = text;
        this.bytes = Utf8.size(text);
        this.reporter = reporter;
        this.plugin = plugin;
        plugin.onCancel(() -> takenBack = true);
    }

    String text() {
        return text;
    }

    /** Its size, or {@link Utf8#MALFORMED}. */
    int bytes() {
        return bytes;
    }

    boolean isTakenBack() {
        return takenBack;
    }

    /** Right before it is written; {@code false} where it must not be, as the plugin was told already. */
    boolean handOver() {
        return state.compareAndSet(State.WAITS, State.HANDED_OVER);
    }

    void sent() {
        if (isFirst()) {
            reporter.ledger().sent(bytes);
            plugin.success();
        }
    }

    void refused(Verdict.Refused refused) {
        if (isFirst()) {
            reporter.ledger().unsent();
            plugin.error(reporter.refused(refused));
        }
    }

    /** The exchange ended before it was handed over. */
    void tooLate(End end) {
        if (isFirst()) {
            unsent(end.error());
        }
    }

    void failed(Throwable error) {
        if (isFirst()) {
            unsent(mayHaveLeft(Printable.error(error)));
        }
    }

    /** Nobody waits for its write any more, if it has begun. One that was taken back is told nothing. */
    void abandoned(End end) {
        if (takenBack) {
            return;
        }
        if (state.compareAndSet(State.WAITS, State.TOLD)) {
            unsent(end.error());
        } else if (isFirst()) {
            unsent(mayHaveLeft(end.detail()));
        }
    }

    private boolean isFirst() {
        return state.getAndSet(State.TOLD) != State.TOLD;
    }

    private void unsent(PullException error) {
        reporter.ledger().unsent();
        plugin.error(error);
    }

    private static PullException mayHaveLeft(String detail) {
        return PullException.of(Reason.FAILED, "the text may have left: " + detail);
    }

    @Override
    public String toString() {
        return "Send[" + bytes + " bytes]";
    }
}
