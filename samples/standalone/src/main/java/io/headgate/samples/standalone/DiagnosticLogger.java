package io.headgate.samples.standalone;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.ServiceState;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes each diagnostic to the log: what somebody should look at as a warning. */
final class DiagnosticLogger {

    private static final Logger LOG = LoggerFactory.getLogger("headgate.diagnostics");

    private static final Set<ConnectionState> BAD = Set.of(ConnectionState.DOWN, ConnectionState.DENIED);
    private static final Set<ServiceState> WORSE =
            Set.of(ServiceState.STALLED, ServiceState.RESTARTING, ServiceState.ZOMBIE, ServiceState.FAILED);

    private DiagnosticLogger() {}

    static void log(Diagnostic diagnostic) {
        String whose = Stream.of(diagnostic.service(), diagnostic.connection())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(" "));
        LOG.atLevel(level(diagnostic))
                .log(whose.isEmpty() ? diagnostic.message() : whose + ": " + diagnostic.message());
    }

    private static Level level(Diagnostic diagnostic) {
        if (diagnostic instanceof Diagnostic.ConnectionChanged changed) {
            return BAD.contains(changed.state()) ? Level.WARN : Level.INFO;
        }
        if (diagnostic instanceof Diagnostic.ServiceChanged changed) {
            return WORSE.contains(changed.state()) ? Level.WARN : Level.INFO;
        }
        boolean routine =
                diagnostic instanceof Diagnostic.StatusReported || diagnostic instanceof Diagnostic.AuthorityReplaced;
        return routine ? Level.INFO : Level.WARN;
    }
}
