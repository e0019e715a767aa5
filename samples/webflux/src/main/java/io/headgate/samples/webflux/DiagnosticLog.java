package io.headgate.samples.webflux;

import io.headgate.host.diagnostics.Diagnostic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what the host says to the application's log. */
final class DiagnosticLog {

    private static final Logger LOG = LoggerFactory.getLogger("headgate.diagnostics");

    private DiagnosticLog() {}

    static void write(Diagnostic diagnostic) {
        LOG.info("{} {}: {}", diagnostic.service(), diagnostic.connection(), diagnostic.message());
    }
}
