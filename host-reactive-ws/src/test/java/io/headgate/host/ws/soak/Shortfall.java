package io.headgate.host.ws.soak;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostStatus;
import io.headgate.host.service.ServiceStatus;
import java.util.ArrayList;
import java.util.List;

/** What keeps a host from being as it should be, for whoever has to find out why. */
final class Shortfall {

    private static final int MOST_TOLD = 5;

    private Shortfall() {}

    static String of(HostStatus status) {
        List<String> told = new ArrayList<>();
        for (ServiceStatus service : status.services()) {
            if (service.state() != ServiceState.RUNNING
                    || service.commands().inFlight() > 0
                    || service.events().queued().events() > 0) {
                told.add(service.service() + " " + service.life() + " " + service.commands() + " " + service.events());
            }
            for (ConnectionStatus connection : service.connections()) {
                if (connection.state() != ConnectionState.OPEN) {
                    told.add(service.service() + "/" + connection);
                }
            }
        }
        return told.size() + " of " + told.subList(0, Math.min(MOST_TOLD, told.size()));
    }
}
