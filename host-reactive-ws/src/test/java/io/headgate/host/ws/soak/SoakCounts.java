package io.headgate.host.ws.soak;

import io.headgate.host.command.CommandCounts;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostStatus;
import io.headgate.host.service.ServiceStatus;

/**
 * What a run came to.
 *
 * @param faults what went wrong on purpose
 * @param dials of the host
 * @param events of all services
 * @param commands likewise
 * @param restarts likewise
 * @param heapBytes the median of the last quarter
 */
record SoakCounts(long faults, long dials, EventCounts events, CommandCounts commands, long restarts, long heapBytes) {

    static SoakCounts of(HostStatus status, long faults, long heapBytes) {
        return new SoakCounts(
                faults,
                dials(status),
                status.services().stream().map(ServiceStatus::events).reduce(EventCounts.ZERO, EventCounts::plus),
                status.services().stream().map(ServiceStatus::commands).reduce(CommandCounts.ZERO, CommandCounts::plus),
                status.services().stream()
                        .mapToLong(service -> service.life().restarts())
                        .sum(),
                heapBytes);
    }

    /** Of all connections. */
    static long dials(HostStatus status) {
        return status.services().stream()
                .flatMap(service -> service.connections().stream())
                .mapToLong(ConnectionStatus::attempts)
                .sum();
    }

    @Override
    public String toString() {
        return "faults=" + faults + " dials=" + dials
                + " received=" + events.received().events()
                + " delivered=" + events.delivered().events()
                + " dropped=" + events.dropped().events()
                + " sent=" + commands.sent()
                + " restarts=" + restarts
                + " heap=" + heapBytes / 1024 + "KiB";
    }
}
