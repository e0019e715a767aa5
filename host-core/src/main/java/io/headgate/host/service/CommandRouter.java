package io.headgate.host.service;

import io.headgate.host.authority.Target;
import io.headgate.host.command.CommandGate;
import io.headgate.host.command.IssuedCommand;
import io.headgate.host.command.OutboundWriter;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.Printable;
import io.headgate.plugin.OutputCommand;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Brings each command that the filter let through to where it is carried out. */
final class CommandRouter {

    private final ServiceEnvironment service;
    private final Connections connections;
    private final LongSupplier incarnation;
    private final FloodBrake brake;
    private volatile @Nullable ReportedHealth reported;

    CommandRouter(ServiceEnvironment service, Connections connections, LongSupplier incarnation) {
        this.service = service;
        this.connections = connections;
        this.incarnation = incarnation;
        this.brake = new FloodBrake(service.timer());
    }

    /** Carries a command out, unless it was refused already. Answers for how many milliseconds its place is kept besides. */
    long carryOut(IssuedCommand issued) {
        if (!issued.endedInTheHost()) {
            route(issued);
        }
        return brake.keeps(issued);
    }

    private void route(IssuedCommand issued) {
        if (issued.incarnation() != incarnation.getAsLong()) {
            issued.refused(CommandGate.ended(issued));
        } else if (issued.command() instanceof OutputCommand.ReportStatus report) {
            report(issued, report);
        } else {
            forConnection(issued);
        }
    }

    private void forConnection(IssuedCommand issued) {
        HostedConnection connection = connections.find(issued.connection());
        if (connection == null) {
            issued.refused(OutboundWriter.NOT_OPEN);
        } else if (issued.command() instanceof OutputCommand.Reconnect) {
            connection.redial(issued, Optional.empty());
        } else if (issued.command() instanceof OutputCommand.Open open) {
            connection.redial(issued, Optional.of(Target.parse(open.uri())));
        } else {
            connection.write(issued);
        }
    }

    private void report(IssuedCommand issued, OutputCommand.ReportStatus report) {
        String detail = Printable.text(report.message());
        reported = new ReportedHealth(report.health(), detail, service.now(), issued.incarnation());
        service.report(now -> new Diagnostic.StatusReported(now, service.name(), report.health(), detail));
        issued.done();
    }

    /** How many commands had to wait for their place in the window, because the plugin floods. */
    long heldBack() {
        return brake.heldBack();
    }

    /** What the plugin last said of itself; empty for nothing. */
    Optional<ReportedHealth> reported() {
        return Optional.ofNullable(reported);
    }
}
