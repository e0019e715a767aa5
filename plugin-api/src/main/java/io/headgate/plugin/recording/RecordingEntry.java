package io.headgate.plugin.recording;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.util.Objects;

/**
 * One entry of a {@link Recording}, at the moment in which it passed between the host and the plugin. Like events and commands, it
 * shows nothing of what was said in {@code toString}.
 */
public sealed interface RecordingEntry {

    /**
     * When it was.
     *
     * @return milliseconds since 1970-01-01T00:00Z, by the host's clock
     */
    long atMillis();

    /**
     * The host handed an event to the plugin.
     *
     * @param atMillis see {@link RecordingEntry#atMillis()}; {@link IngressEvent#receivedAtMillis()} says since when it had waited
     * @param event the event
     */
    record Event(long atMillis, IngressEvent event) implements RecordingEntry {
        /** Checks the components. */
        public Event {
            Objects.requireNonNull(event, "event");
        }
    }

    /**
     * The plugin issued a command.
     *
     * @param atMillis see {@link RecordingEntry#atMillis()}
     * @param command the command, as the plugin made it
     */
    record Command(long atMillis, OutputCommand command) implements RecordingEntry {
        /** Checks the components. */
        public Command {
            Objects.requireNonNull(command, "command");
        }
    }

    /**
     * A command was decided.
     *
     * @param atMillis see {@link RecordingEntry#atMillis()}
     * @param outcome what became of it
     */
    record Outcome(long atMillis, CommandOutcome outcome) implements RecordingEntry {
        /** Checks the components. */
        public Outcome {
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /**
     * The plugin's events completed: the host stops the service.
     *
     * @param atMillis see {@link RecordingEntry#atMillis()}
     */
    record Completed(long atMillis) implements RecordingEntry {}

    /**
     * Entries are missing here: the recording could not keep up, or one of them could not be written.
     *
     * @param atMillis see {@link RecordingEntry#atMillis()}; of the last of them
     * @param count how many, from 1
     */
    record Missing(long atMillis, long count) implements RecordingEntry {
        /** Checks the components. */
        public Missing {
            if (count < 1) {
                throw new IllegalArgumentException("count must be at least 1, is " + count);
            }
        }
    }

    /**
     * The plugin's output ended.
     *
     * @param atMillis see {@link RecordingEntry#atMillis()}
     * @param failure what it, or other code of the plugin's, failed with; empty where it completed, or the host ended it
     */
    record Ended(long atMillis, String failure) implements RecordingEntry {
        /** Checks the components. */
        public Ended {
            Objects.requireNonNull(failure, "failure");
        }
    }
}
