package io.headgate.host.exchange;

import io.headgate.host.authority.Verdict;
import io.headgate.host.command.Utf8;
import io.headgate.host.diagnostics.Printable;
import io.headgate.plugin.PullException;
import io.headgate.plugin.PullException.Reason;
import reactor.core.publisher.MonoSink;

/** One text on its way out, and who waits to hear what became of it. Told once; {@code toString} never shows the text. */
final class Send {

    private final String text;
    private final int bytes;
    private final ExchangeReporter reporter;
    private final MonoSink<Void> plugin;
    private volatile boolean takenBack;

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

    void sent() {
        reporter.ledger().sent(bytes);
        plugin.success();
    }

    void refused(Verdict.Refused refused) {
        reporter.ledger().unsent();
        plugin.error(reporter.refused(refused));
    }

    /** The exchange ended before it was handed over. */
    void tooLate(End end) {
        reporter.ledger().unsent();
        plugin.error(end.error());
    }

    void failed(Throwable error) {
        reporter.ledger().unsent();
        plugin.error(PullException.of(Reason.FAILED, "the text may have left: " + Printable.error(error)));
    }

    @Override
    public String toString() {
        return "Send[" + bytes + " bytes]";
    }
}
