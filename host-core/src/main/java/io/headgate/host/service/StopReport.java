package io.headgate.host.service;

import java.util.List;

/**
 * How a stop went. Services are named {@code plugin/service}.
 *
 * @param cutOff the services whose output had not completed at the end of the grace and was cut off
 * @param zombies the services of which plugin code had not returned when all else had ended. It was interrupted, and what it
 *     emits goes nowhere; but Java cannot end its thread. A diagnostic names the event it has in hand
 */
public record StopReport(List<String> cutOff, List<String> zombies) {

    /** Nothing had to be cut off, and nothing is left. */
    public static final StopReport CLEAN = new StopReport(List.of(), List.of());

    /** Copies the lists. */
    public StopReport {
        cutOff = List.copyOf(cutOff);
        zombies = List.copyOf(zombies);
    }

    static StopReport of(List<ServiceStop> stops) {
        return new StopReport(
                stops.stream()
                        .filter(ServiceStop::cutOff)
                        .map(ServiceStop::service)
                        .toList(),
                stops.stream()
                        .filter(ServiceStop::zombie)
                        .map(ServiceStop::service)
                        .toList());
    }
}
