package io.headgate.host.service;

import io.headgate.host.loading.PluginUnload;
import java.util.List;

/**
 * How a stop went. Services are named {@code plugin/service}.
 *
 * @param cutOff the services whose output had not completed at the end of the grace and was cut off
 * @param zombies the services of which plugin code had not returned when all else had ended. It was interrupted, and what it
 *     emits goes nowhere; but Java cannot end its thread. A diagnostic names the event it has in hand
 * @param retained the plugins from jars whose code a thread still runs or holds, zombies among them: {@code plugin: which thread,
 *     and how}. {@link PluginHost#unloads} says what becomes of them, and of what no thread shows
 */
public record StopReport(List<String> cutOff, List<String> zombies, List<String> retained) {

    /** Nothing had to be cut off, and nothing is left. */
    public static final StopReport CLEAN = new StopReport(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public StopReport {
        cutOff = List.copyOf(cutOff);
        zombies = List.copyOf(zombies);
        retained = List.copyOf(retained);
    }

    static StopReport of(List<ServiceStop> stops, List<PluginUnload> held) {
        return new StopReport(
                stops.stream()
                        .filter(ServiceStop::cutOff)
                        .map(ServiceStop::service)
                        .toList(),
                stops.stream()
                        .filter(ServiceStop::zombie)
                        .map(ServiceStop::service)
                        .toList(),
                held.stream()
                        .map(unload -> unload.plugin() + ": " + unload.described())
                        .toList());
    }
}
