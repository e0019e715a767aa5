package io.headgate.host.recording;

import io.headgate.host.ConfigurationException;
import io.headgate.host.ConfigurationException.Problem;
import io.headgate.host.json.MessageFormatException;
import io.headgate.host.json.RecordingJson;
import io.headgate.plugin.recording.Recording;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a host has recorded. */
public final class Recordings {

    private Recordings() {}

    /**
     * Reads recordings, which are in memory then.
     *
     * @param path one file, or the folder of a service
     * @return the recordings in it, one for each incarnation, oldest first. A last line that was cut off, by a process that was killed or
     *     a disk that was full, is an entry that is missing
     * @throws ConfigurationException if it cannot be read, or a line is none of a recording's; the message names file and line
     */
    public static List<Recording> read(Path path) {
        RecordingAssembly assembly = new RecordingAssembly();
        for (Path file : files(path)) {
            read(file, assembly);
        }
        return assembly.recordings();
    }

    private static List<Path> files(Path path) {
        try {
            return Files.isDirectory(path) ? new RecordingFolder(path).files() : List.of(path);
        } catch (IOException failure) {
            throw unreadable(path, failure);
        }
    }

    private static void read(Path file, RecordingAssembly assembly) {
        byte[] bytes = bytes(file);
        int whole = end(bytes);
        int number = 0;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, whole))
                    .toString();
            for (String line : text.lines().toList()) {
                number++;
                if (!line.isBlank()) {
                    assembly.add(RecordingJson.read(line));
                }
            }
        } catch (MessageFormatException | IllegalArgumentException wrong) {
            throw problem(file, number, String.valueOf(wrong.getMessage()), null);
        } catch (IOException malformed) {
            throw problem(file, 0, "must be UTF-8", null);
        }
        if (whole < bytes.length) {
            assembly.cutOff();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /** Behind the last line's end. */
    private static int end(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static ConfigurationException unreadable(Path path, IOException failure) {
        return problem(path, 0, "cannot be read: " + FileFailure.words(failure), failure);
    }

    private static ConfigurationException problem(Path file, int line, String message, @Nullable Throwable cause) {
        return new ConfigurationException(
                List.of(new Problem(file.toString(), line, line == 0 ? 0 : 1, "", message)), cause);
    }
}
