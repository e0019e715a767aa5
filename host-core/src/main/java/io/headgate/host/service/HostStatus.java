package io.headgate.host.service;

import java.util.List;

/**
 * How the host is.
 *
 * @param atMillis when it was asked, in milliseconds since 1970-01-01T00:00Z
 * @param services its services, in the order they were added
 */
public record HostStatus(long atMillis, List<ServiceStatus> services) {

    /** Copies the list. */
    public HostStatus {
        services = List.copyOf(services);
    }
}
