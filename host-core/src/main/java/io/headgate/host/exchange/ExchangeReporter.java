package io.headgate.host.exchange;

import io.headgate.host.authority.Verdict;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.DiagnosticLog;
import io.headgate.host.diagnostics.Printable;
import io.headgate.plugin.PullException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import reactor.core.scheduler.Scheduler;

/** Tells what went wrong with the exchanges of one connection to the operator; the ledger has every one. Safe for any thread. */
final class ExchangeReporter {

    private final String service;
    private final String connection;
    private final ExchangeLedger ledger;
    private final DiagnosticLog log;
    private final Pauses pauses;
    private final Scheduler clock;

    ExchangeReporter(
            String service,
            String connection,
            ExchangeLedger ledger,
            DiagnosticLog log,
            Pauses pauses,
            Scheduler clock) {
        this.service = service;
        this.connection = Printable.text(connection);
        this.ledger = ledger;
        this.log = log;
        this.pauses = pauses;
        this.clock = clock;
    }

    ExchangeLedger ledger() {
        return ledger;
    }

    long now() {
        return clock.now(TimeUnit.MILLISECONDS);
    }

    /** Tells it, and answers what the plugin is told. */
    PullException refused(Verdict.Refused refused) {
        String rule = refused.rule().wireName();
        String detail = refused.message() + "; " + refused.remedy();
        tell(
                Diagnostic.ExchangeRefused.class,
                at -> new Diagnostic.ExchangeRefused(at, service, connection, rule, detail));
        return PullException.refused(rule, refused.explanation());
    }

    /** Tells which addresses a dial was refused for. The plugin is told numbers only. */
    void dialRefused(Verdict.Refused refused) {
        tell(Diagnostic.DialRefused.class, at -> Diagnostic.DialRefused.of(at, service, connection, refused));
    }

    void failed(End end) {
        tell(
                Diagnostic.ExchangeFailed.class,
                at -> new Diagnostic.ExchangeFailed(at, service, connection, end.detail()));
    }

    void binary(int bytes) {
        tell(
                Diagnostic.FrameRefused.class,
                at -> new Diagnostic.FrameRefused(at, service, connection, "binary", bytes));
    }

    private void tell(Class<? extends Diagnostic> kind, LongFunction<Diagnostic> diagnostic) {
        long at = now();
        if (pauses.isOver(kind, at)) {
            log.record(diagnostic.apply(at));
        }
    }
}
