package io.headgate.host.json;

import io.headgate.plugin.recording.RecordingEntry;
import java.util.Objects;

/** One line of a recording's file. */
public sealed interface RecordingLine {

    /**
     * What follows is of an incarnation. Begins each file, and each incarnation within one.
     *
     * @param service {@code plugin/service}; not blank
     * @param incarnation which life of the service, from 1
     * @param continued whether the incarnation began before, in the file before this one
     */
    record Start(String service, long incarnation, boolean continued) implements RecordingLine {
        /** Checks for nulls. */
        public Start {
            Objects.requireNonNull(service, "service");
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
