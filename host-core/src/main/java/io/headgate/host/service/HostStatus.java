package io.headgate.host.service;

import io.headgate.host.recording.RecordingStatus;
import java.util.List;

/**
 * How the host is.
 *
 * @param atMillis when it was asked, in milliseconds since 1970-01-01T00:00Z
 * @param services its services, in the order they were added
 * @param recordings how each recording is, in the same order; empty where nothing is recorded
 * @param diagnosticsForgotten how many diagnostics the bounded history has let go
 * @param diagnosticsLost how many diagnostics slow subscribers lost, summed over them
 */
public record HostStatus(
        long atMillis,
        List<ServiceStatus> services,
        List<RecordingStatus> recordings,
        long diagnosticsForgotten,
        long diagnosticsLost) {

    /** Copies the lists. */
    public HostStatus {
        services = List.copyOf(services);
        recordings = List.copyOf(recordings);
    }
}
