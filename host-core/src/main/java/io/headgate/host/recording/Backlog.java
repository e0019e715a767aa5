package io.headgate.host.recording;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.recording.RecordingEntry;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be recorded, and the recording's ledger. What does not fit is missing, and told so in its place. Any thread puts, and
 * waits for nobody; one takes.
 */
final class Backlog {

    /** The most entries that wait, beside a note of those that are missing. */
    static final int MAX_ENTRIES = 4096;
    /** The most UTF-16 units of their texts that wait. */
    static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    /** An entry and whose it is. */
    record Waiting(long incarnation, RecordingEntry entry) {}

    // All guarded by this.
    private final Queue<Waiting> line = new ArrayDeque<>();
    private long characters;
    private int inHand;
    private long recorded;
    private long missing;
    /** Of the missing, what is not yet told. */
    private long untold;

    private @Nullable String failure;
    private boolean ended;
    private boolean taken;

    /** Answers whether somebody has to come and take. */
    synchronized boolean put(long incarnation, RecordingEntry entry) {
        int size = characters(entry);
        if (ended || line.size() >= MAX_ENTRIES || characters + size > MAX_CHARACTERS) {
            missing++;
            untold++;
            return false;
        }
        if (untold > 0) {
            line.add(new Waiting(incarnation, new RecordingEntry.Missing(entry.atMillis(), untold)));
            untold = 0;
        }
        line.add(new Waiting(incarnation, entry));
        characters += size;
        boolean wake = !taken;
        taken = true;
        return wake;
    }

    /** The next one; null when there is none, and who put the next one has somebody come again. */
    synchronized @Nullable Waiting take() {
        Waiting next = line.poll();
        taken = next != null;
        if (next != null && !(next.entry() instanceof RecordingEntry.Missing)) {
            characters -= characters(next.entry());
            inHand = 1;
        }
        return next;
    }

    /** The one that was taken has been written. */
    synchronized void written() {
        inHand = 0;
        recorded++;
    }

    /** The one that was taken could not be written. */
    synchronized void lost() {
        inHand = 0;
        missing++;
    }

    /** Nothing is written any more, as it failed. Answers whether it was still to be. */
    synchronized boolean fail(String why) {
        boolean first = !ended;
        if (first) {
            failure = why;
        }
        end();
        return first;
    }

    /** Nothing is written any more: what waits is missing, and so is what comes. */
    synchronized void end() {
        ended = true;
        missing += entriesWaiting();
        untold = 0;
        inHand = 0;
        characters = 0;
        line.clear();
    }

    /** How many are missing behind the last one that was put; from now on they are told. */
    synchronized long tell() {
        long told = untold;
        untold = 0;
        return told;
    }

    synchronized RecordingStatus status(String service, String directory) {
        return new RecordingStatus(
                service, directory, recorded, missing, entriesWaiting(), Optional.ofNullable(failure));
    }

    private long entriesWaiting() {
        long notes = line.stream()
                .filter(waiting -> waiting.entry() instanceof RecordingEntry.Missing)
                .count();
        return line.size() - notes + inHand;
    }

    private static int characters(RecordingEntry entry) {
        if (entry instanceof RecordingEntry.Event event) {
            return event.event() instanceof IngressEvent.Text said ? said.text().length() : 0;
        }
        if (entry instanceof RecordingEntry.Command command) {
            return characters(command.command());
        }
        return entry instanceof RecordingEntry.Outcome outcome ? characters(outcome.outcome()) : 0;
    }

    private static int characters(CommandOutcome outcome) {
        return outcome.message().length();
    }

    private static int characters(OutputCommand command) {
        if (command instanceof OutputCommand.SendText send) {
            return send.text().length();
        }
        if (command instanceof OutputCommand.Close close) {
            return close.reason().length();
        }
        if (command instanceof OutputCommand.Open open) {
            return open.uri().length();
        }
        return command instanceof OutputCommand.ReportStatus report
                ? report.message().length()
                : 0;
    }
}
