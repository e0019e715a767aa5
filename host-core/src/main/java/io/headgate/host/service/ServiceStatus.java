package io.headgate.host.service;

import io.headgate.host.command.CommandCounts;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.exchange.ExchangeCounts;
import io.headgate.host.ingress.EventCounts;
import java.util.List;
import java.util.Optional;

/**
 * How one service is.
 *
 * @param plugin the plugin's id
 * @param service the service's name
 * @param life where it is in its life
 * @param reported what the plugin last said of itself; empty for nothing
 * @param queue how much may wait for it
 * @param events what became of its texts, the sum over its connections, from the same snapshot as theirs; the answers to
 *     commands for no declared connection are among its control events
 * @param commands what became of its commands, those for no declared connection included
 * @param counts what the plugin did not get done
 * @param exchanges what became of its exchanges
 * @param connections its connections, in the manifest's order
 */
public record ServiceStatus(
        String plugin,
        String service,
        LifeStatus life,
        Optional<ReportedHealth> reported,
        QueueBound queue,
        EventCounts events,
        CommandCounts commands,
        PluginCounts counts,
        ExchangeCounts exchanges,
        List<ConnectionStatus> connections) {

    /** Copies the list. */
    public ServiceStatus {
        connections = List.copyOf(connections);
    }

    /**
     * The service's state.
     *
     * @return a view of {@link #life()}
     */
    public ServiceState state() {
        return life.state();
    }

    /**
     * Which life of the service this is.
     *
     * @return a view of {@link #life()}
     */
    public long incarnation() {
        return life.incarnation();
    }
}
