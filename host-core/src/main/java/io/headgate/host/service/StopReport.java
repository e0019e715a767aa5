package io.headgate.host.service;

import java.util.List;

/**
 * How a stop went.
 *
 * @param cutOff the services, {@code plugin/service}, whose output had not completed at the end of the grace and was cut off
 */
public record StopReport(List<String> cutOff) {

    /** Copies the list. */
    public StopReport {
        cutOff = List.copyOf(cutOff);
    }
}
