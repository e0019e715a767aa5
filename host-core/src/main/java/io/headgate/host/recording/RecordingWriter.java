package io.headgate.host.recording;

import io.headgate.host.json.MessageFormatException;
import io.headgate.host.json.RecordingJson;
import io.headgate.host.json.RecordingLine;
import io.headgate.plugin.recording.RecordingEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the recording of one service, file by file. Only accessed by one thread at a time. */
final class RecordingWriter {

    private final String service;
    private final Set<String> connections;
    private final RecordingFolder folder;
    private final Redacted redacted;
    private final long fileBytes;
    private final int files;
    private @Nullable OutputStream out;
    private long bytes;
    private @Nullable Life current;

    RecordingWriter(String service, RecordingFolder folder, RecordingSettings settings) {
        this.service = service;
        this.connections = settings.connections().getOrDefault(service, Set.of());
        this.folder = folder;
        this.redacted = new Redacted(settings.redaction());
        this.fileBytes = settings.fileBytes();
        this.files = settings.files();
    }

    /**
     * Writes an entry.
     *
     * @return whether it could be written; else a note of it was
     * @throws IOException if nothing can be
     */
    boolean write(Life of, RecordingEntry entry) throws IOException {
        byte[] line = line(entry);
        if (line.length == 0 || line.length > fileBytes - start(of, false).length) {
            append(of, encoded(new RecordingLine.Entry(new RecordingEntry.Missing(entry.atMillis(), 1))));
            return false;
        }
        append(of, line);
        return true;
    }

    private void append(Life of, byte[] line) throws IOException {
        OutputStream to = room(of, line.length);
        to.write(line);
        bytes += line.length;
    }

    /** Where a line of an incarnation goes, which begins one more file where it does not fit into this one. */
    private OutputStream room(Life of, int length) throws IOException {
        boolean continued = of.equals(current);
        byte[] start = start(of, continued);
        OutputStream to = out;
        if (to == null || bytes + length + (continued ? 0 : start.length) > fileBytes) {
            close();
            to = folder.next(files);
            out = to;
            bytes = 0;
        }
        if (bytes == 0 || !continued) {
            current = of;
            to.write(start);
            bytes += start.length;
        }
        return to;
    }

    private byte[] start(Life of, boolean continued) {
        return encoded(new RecordingLine.Start(service, of.incarnation(), of.beganAtMillis(), connections, continued));
    }

    /** The entry with what is left out left out; empty where that cannot be done, or it has no form. */
    private byte[] line(RecordingEntry entry) {
        RecordingEntry shown;
        try {
            shown = redacted.entry(entry);
        } catch (RuntimeException | StackOverflowError refused) {
            return new byte[0];
        }
        try {
            return encoded(new RecordingLine.Entry(shown));
        } catch (MessageFormatException beyondABound) {
            return new byte[0];
        }
    }

    private static byte[] encoded(RecordingLine line) {
        return (RecordingJson.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    void flush() throws IOException {
        OutputStream open = out;
        if (open != null) {
            open.flush();
        }
    }

    void close() throws IOException {
        OutputStream open = out;
        out = null;
        if (open != null) {
            open.close();
        }
    }
}
