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
    record Waiting(Life life, RecordingEntry entry) {

        boolean isNote() {
            return entry instanceof RecordingEntry.Missing;
        }
    }

    // All guarded by this.
    private final Queue<Waiting> line = new ArrayDeque<>();
    private Life life = Life.FIRST;
    private long characters;
    private int notes;
    private int inHand;
    private long recorded;
    private long missing;
    /** Of the missing, what is not yet told, and when the last of them was. */
    private long untold;

    private long untoldAtMillis;

    private @Nullable String failure;
    private boolean ended;
    private boolean taken;

    /** What is put from now on is another incarnation's. */
    synchronized void begin(Life next) {
        // There is one such note for each incarnation that lost its end.
        tell();
        life = next;
    }

    /** Answers whether somebody has to come and take. */
    synchronized boolean put(RecordingEntry entry) {
        int size = characters(entry);
        if (ended || line.size() - notes >= MAX_ENTRIES || characters + size > MAX_CHARACTERS) {
            missing++;
            untold++;
            untoldAtMillis = entry.atMillis();
            return false;
        }
        tell();
        line.add(new Waiting(life, entry));
        characters += size;
        boolean wake = !taken;
        taken = true;
        return wake;
    }

    /** Notes what is missing behind the last one that was put. */
    synchronized void tell() {
        if (untold > 0 && !ended) {
            line.add(new Waiting(life, new RecordingEntry.Missing(untoldAtMillis, untold)));
            notes++;
            untold = 0;
        }
    }

    /** The next one; null when there is none, and who put the next one has somebody come again. */
    synchronized @Nullable Waiting take() {
        Waiting next = line.poll();
        taken = next != null;
        if (next != null && next.isNote()) {
            notes--;
        } else if (next != null) {
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
        notes = 0;
        characters = 0;
        line.clear();
    }

    synchronized RecordingStatus status(String service, String directory) {
        return new RecordingStatus(
                service, directory, recorded, missing, entriesWaiting(), Optional.ofNullable(failure));
    }

    private long entriesWaiting() {
        return (long) line.size() - notes + inHand;
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

    /** An id is the plugin's, and checked only when the command is judged. */
    private static int characters(OutputCommand command) {
        return command.id().length() + textCharacters(command);
    }

    private static int textCharacters(OutputCommand command) {
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
