package io.headgate.host.json;

import io.headgate.plugin.recording.RecordingEntry;
import java.util.Objects;
import java.util.Set;

/** One line of a recording's file. */
public sealed interface RecordingLine {

    /**
     * What follows is of an incarnation. Begins each file, and each incarnation within one.
     *
     * @param service {@code plugin/service}; not blank
     * @param incarnation which life of the service, from 1
     * @param atMillis when the plugin of that incarnation was subscribed to
     * @param connections which connections are recorded
     * @param continued whether the incarnation began before, in the file before this one
     */
    record Start(String service, long incarnation, long atMillis, Set<String> connections, boolean continued)
            implements RecordingLine {
        /** Checks for nulls, and copies the names. */
        public Start {
            Objects.requireNonNull(service, "service");
            connections = Set.copyOf(connections);
        }
    }

    /**
     * Something that passed.
     *
     * @param recorded what
     */
    record Entry(RecordingEntry recorded) implements RecordingLine {
        /** Checks for nulls. */
        public Entry {
            Objects.requireNonNull(recorded, "recorded");
        }
    }
}
