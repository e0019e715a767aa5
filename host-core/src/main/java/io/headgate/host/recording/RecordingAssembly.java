package io.headgate.host.recording;

import io.headgate.host.json.RecordingLine;
import io.headgate.plugin.recording.Recording;
import io.headgate.plugin.recording.RecordingEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes recordings of lines. Only accessed by one thread. */
final class RecordingAssembly {

    private final List<Recording> done = new ArrayList<>();
    private final List<RecordingEntry> entries = new ArrayList<>();
    private RecordingLine.@Nullable Start start;

    /** A file that goes on with another incarnation than the last one had did not have that one's beginning. */
    void add(RecordingLine line) {
        if (line instanceof RecordingLine.Start next) {
            if (!next.continued() || !isOf(next)) {
                finish();
                start = next;
            }
        } else if (start == null) {
            throw new IllegalArgumentException("expected a line of kind recording before any other");
        } else {
            entries.add(((RecordingLine.Entry) line).recorded());
        }
    }

    private boolean isOf(RecordingLine.Start next) {
        RecordingLine.Start now = start;
        return now != null
                && now.service().equals(next.service())
                && now.incarnation() == next.incarnation()
                && now.atMillis() == next.atMillis();
    }

    /** A line that has no end has lost its rest. */
    void cutOff() {
        if (start != null) {
            long at = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).atMillis();
            entries.add(new RecordingEntry.Missing(at, 1));
        }
    }

    List<Recording> recordings() {
        finish();
        return List.copyOf(done);
    }

    private void finish() {
        RecordingLine.Start of = start;
        if (of != null) {
            done.add(new Recording(
                    of.service(), of.incarnation(), of.atMillis(), of.connections(), !of.continued(), entries));
        }
        entries.clear();
        start = null;
    }
}
