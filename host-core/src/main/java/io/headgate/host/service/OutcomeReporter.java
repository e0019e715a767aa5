package io.headgate.host.service;

import io.headgate.host.command.IssuedCommand;
import io.headgate.host.command.OutcomeListener;
import io.headgate.host.diagnostics.Broadcast;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.Printable;
import io.headgate.host.ingress.IngressLane;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Tells every outcome to the plugin's view, what was not done to the operator and, as an event, to the plugin, and what was
 * sent to a plugin that asked for a confirmation.
 */
final class OutcomeReporter implements OutcomeListener {

    /** The connection named by the events about commands that name no declared connection. */
    static final String UNDECLARED = "(undeclared)";

    private final Broadcast<CommandOutcome> view;
    private final LiveSession nowhere = LiveSession.none();
    private final ServiceEnvironment service;
    private final Connections connections;
    private final ConnectionReporter undeclared;

    OutcomeReporter(ServiceEnvironment service, Connections connections, IngressLane lane) {
        this.view = new Broadcast<>(service.settings().commands().outcomes());
        this.service = service;
        this.connections = connections;
        this.undeclared = new ConnectionReporter(UNDECLARED, service, lane.connection(UNDECLARED));
    }

    @Override
    public void decided(IssuedCommand command, CommandOutcome outcome) {
        service.recorder().decided(outcome);
        view.emit(outcome);
        service.audit().decided(command, outcome);
        if (outcome.result() == Result.SENT) {
            confirm(command, outcome);
        } else if (outcome.result() != Result.DONE) {
            undone(outcome);
        }
    }

    private void confirm(IssuedCommand command, CommandOutcome outcome) {
        HostedConnection connection = connections.find(outcome.connection());
        if (command.wantsConfirmation() && connection != null) {
            connection.reporter().sent(connection.live(), outcome);
        }
    }

    private void undone(CommandOutcome outcome) {
        HostedConnection connection = connections.find(outcome.connection());
        ConnectionReporter reporter = connection == null ? undeclared : connection.reporter();
        if (reporter.isToBeTold(outcome)) {
            service.log().record(diagnostic(outcome));
        }
        reporter.undone(connection == null ? nowhere : connection.live(), outcome);
    }

    private Diagnostic diagnostic(CommandOutcome outcome) {
        long at = outcome.decidedAtMillis();
        String id = Printable.text(outcome.commandId());
        return outcome.result() == Result.FAILED
                ? new Diagnostic.CommandFailed(at, service.name(), outcome.connection(), id, outcome.message())
                : new Diagnostic.CommandRefused(
                        at, service.name(), outcome.connection(), id, outcome.rule(), outcome.message());
    }

    Flux<CommandOutcome> view(Scheduler worker, Publisher<?> until) {
        return view.flux(worker, until);
    }

    /** What slow views of the plugin's lost. */
    long lost() {
        return view.lost();
    }

    void complete() {
        view.complete();
    }
}
