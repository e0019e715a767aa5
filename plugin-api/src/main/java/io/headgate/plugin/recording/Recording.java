package io.headgate.plugin.recording;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What passed between a host and one incarnation of a plugin's service: the events it was handed, the commands it issued and what
 * became of them, in the order in which they passed. {@code io.headgate.plugin.test.Replay} plays it to a plugin once more.
 *
 * @param service {@code plugin/service}
 * @param incarnation which life of the service, from 1
 * @param beganAtMillis when its plugin was subscribed to, in milliseconds since 1970-01-01T00:00Z
 * @param connections which connections were recorded; of the others it has nothing
 * @param whole whether it has the incarnation's beginning; where it has not, older files are gone
 * @param entries what passed
 */
public record Recording(
        String service,
        long incarnation,
        long beganAtMillis,
        Set<String> connections,
        boolean whole,
        List<RecordingEntry> entries) {

    /** Copies the collections. */
    public Recording {
        Objects.requireNonNull(service, "service");
        connections = Set.copyOf(connections);
        entries = List.copyOf(entries);
    }

    /**
     * How many entries were not recorded.
     *
     * @return the sum over the places where some are missing
     */
    public long missing() {
        return entries.stream()
                .mapToLong(entry -> entry instanceof RecordingEntry.Missing gap ? gap.count() : 0)
                .sum();
    }
}
