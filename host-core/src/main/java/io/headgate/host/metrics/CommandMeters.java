package io.headgate.host.metrics;

import static io.headgate.host.metrics.StatusMeter.counter;
import static io.headgate.host.metrics.StatusMeter.gauge;

import io.headgate.host.command.CommandCounts;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.ServiceStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What is measured of commands: of those for each connection, and, under an empty name, of those for none that is declared. */
final class CommandMeters {

    private CommandMeters() {}

    static List<StatusMeter<ConnectionStatus>> ofConnection() {
        return of(ConnectionStatus::commands);
    }

    static List<StatusMeter<ServiceStatus>> ofNone() {
        return of(CommandMeters::forNone);
    }

    private static <S> List<StatusMeter<S>> of(Function<S, CommandCounts> counts) {
        return List.of(
                counter(
                        "headgate.commands.issued",
                        "commands that the plugin issued",
                        status -> counts.apply(status).issued()),
                result("sent", CommandCounts::sent, counts),
                result("done", CommandCounts::done, counts),
                result("denied", CommandCounts::denied, counts),
                result("rejected", CommandCounts::rejected, counts),
                result("failed", CommandCounts::failed, counts),
                gauge(
                        "headgate.commands.in.flight",
                        "commands that are undecided",
                        status -> counts.apply(status).inFlight()),
                StatusMeter.<S>counter(
                                "headgate.sent",
                                "the size of the texts that were sent",
                                status -> counts.apply(status).sentBytes())
                        .in(StatusMeter.BYTES));
    }

    private static <S> StatusMeter<S> result(
            String result, ToLongFunction<CommandCounts> count, Function<S, CommandCounts> counts) {
        return StatusMeter.<S>counter(
                        "headgate.commands.decided",
                        "commands that were decided",
                        status -> count.applyAsLong(counts.apply(status)))
                .with("result", result);
    }

    /** The service's own counts are the sum of its connections' and of these. */
    private static CommandCounts forNone(ServiceStatus service) {
        CommandCounts declared = service.connections().stream()
                .map(ConnectionStatus::commands)
                .reduce(CommandCounts.ZERO, CommandCounts::plus);
        CommandCounts all = service.commands();
        return new CommandCounts(
                all.issued() - declared.issued(),
                all.sent() - declared.sent(),
                all.done() - declared.done(),
                all.denied() - declared.denied(),
                all.rejected() - declared.rejected(),
                all.failed() - declared.failed(),
                all.inFlight() - declared.inFlight(),
                all.sentBytes() - declared.sentBytes(),
                Map.of());
    }
}
