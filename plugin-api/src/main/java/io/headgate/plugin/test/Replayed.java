package io.headgate.plugin.test;

import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.recording.Recording;
import io.headgate.plugin.recording.RecordingEntry;
import java.util.List;
import java.util.Optional;

/**
 * What came of a {@link Replay}.
 *
 * @param recording what was played
 * @param timedCommands the plugin's commands, each with its moment by the recording's clock
 * @param failure what the plugin's output failed with
 * @param reportedFailures the events that the plugin reported it could not handle
 * @param differences where this is not what was recorded, one line each, in the order of time; at most 100, and then how many more.
 *     They show what was said
 */
public record Replayed(
        Recording recording,
        List<RecordingEntry.Command> timedCommands,
        Optional<Throwable> failure,
        List<ReportedFailure> reportedFailures,
        List<String> differences) {

    /** Copies the lists. */
    public Replayed {
        timedCommands = List.copyOf(timedCommands);
        reportedFailures = List.copyOf(reportedFailures);
        differences = List.copyOf(differences);
    }

    /**
     * The plugin's commands.
     *
     * @return in the order in which they came
     */
    public List<OutputCommand> commands() {
        return timedCommands.stream().map(RecordingEntry.Command::command).toList();
    }

    /**
     * Asserts that the plugin did what was recorded: the same commands for each recorded connection and for none, none missing and none besides; in the same
     * order, where they were recorded further apart than the tolerance or in the same millisecond; at the recorded pace, no further from
     * their recorded moment than the tolerance. And that it failed where the recorded one did, and not where it did not. Ids of
     * commands are not compared.
     *
     * @return this
     * @throws AssertionError with the {@link #differences}; also where the beginning or entries are missing from the recording
     */
    public Replayed assertSame() {
        if (!recording.whole()) {
            throw new AssertionError("the recording lacks its beginning: what state the plugin was in is not known");
        }
        if (recording.missing() > 0) {
            throw new AssertionError("the recording lacks " + recording.missing()
                    + " entries: what the plugin was told, or what it said, is not known");
        }
        if (!differences.isEmpty()) {
            AssertionError error = new AssertionError("the plugin did not do what " + recording.service()
                    + " had done:\n  " + String.join("\n  ", differences));
            failure.ifPresent(error::initCause);
            throw error;
        }
        return this;
    }
}
