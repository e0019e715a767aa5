package io.headgate.host.recording;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a host records, where, and how much of it. Nothing is recorded unless it is named here. Start from
 * {@link #into(Path, Redaction)}:
 *
 * <pre>{@code
 * RecordingSettings.into(Path.of("recordings"), Redaction.members(Set.of("token")))
 *         .withConnection("example.greeter/greeter", "chat")
 * }</pre>
 *
 * <p>Of a service with a recorded connection each incarnation is recorded, as its plugin sees it: the events of these connections
 * it is handed, the commands for them and for none, and their outcomes. What the plugin is not handed, such as what its queue dropped,
 * is not in it, but for the {@code Gap}.
 *
 * <p>Each service has a folder of its own, {@code directory/plugin/service}, and in it files of JSON lines, {@code 000001.jsonl} and so
 * on; a host goes on behind the last number it finds. On a POSIX file system nobody but their owner may read them.
 *
 * @param directory where; made if it is not there
 * @param connections what: names of connections by {@code plugin/service}
 * @param redaction what is left out
 * @param fileBytes how large one file may become, 64 KiB to 1 GiB; default 16 MiB. An entry that is larger is counted as missing
 * @param files how many files of a service are kept, from 2 to 10,000; default 8. The oldest goes when one more begins
 */
public record RecordingSettings(
        Path directory, Map<String, Set<String>> connections, Redaction redaction, long fileBytes, int files) {

    private static final long LEAST_BYTES = 64 * 1024;
    private static final long MOST_BYTES = 1024 * 1024 * 1024;
    private static final int LEAST_FILES = 2;
    private static final int MOST_FILES = 10_000;
    private static final long FILE_BYTES = 16 * 1024 * 1024;
    private static final int FILES = 8;

    /** Checks and copies the components. */
    public RecordingSettings {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(redaction, "redaction");
        Map<String, Set<String>> copied = new LinkedHashMap<>();
        connections.forEach((service, names) -> copied.put(service, Set.copyOf(names)));
        connections = Map.copyOf(copied);
        if (fileBytes < LEAST_BYTES || fileBytes > MOST_BYTES) {
            throw new IllegalArgumentException("fileBytes must be from 64 KiB to 1 GiB, is " + fileBytes);
        }
        if (files < LEAST_FILES || files > MOST_FILES) {
            throw new IllegalArgumentException("files must be from 2 to 10,000, is " + files);
        }
    }

    /** A name of a manifest's may begin with a dot, or be nothing else: it must not lead anywhere else. */
    RecordingFolder folder(String service) {
        return new RecordingFolder(Arrays.stream(service.split("/"))
                .map(name -> name.startsWith(".") ? "%2E" + name.substring(1) : name)
                .reduce(directory, Path::resolve, (one, other) -> other));
    }

    /**
     * Records nothing yet.
     *
     * @param directory where recordings go
     * @param redaction what is left out of them
     * @return the settings
     */
    public static RecordingSettings into(Path directory, Redaction redaction) {
        return new RecordingSettings(directory, Map.of(), redaction, FILE_BYTES, FILES);
    }

    /**
     * With one more connection.
     *
     * @param service {@code plugin/service}
     * @param connection the connection's name
     * @return the new settings
     */
    public RecordingSettings withConnection(String service, String connection) {
        Map<String, Set<String>> more = new LinkedHashMap<>(connections);
        more.merge(service, Set.of(connection), (some, one) -> {
            Set<String> both = new LinkedHashSet<>(some);
            both.addAll(one);
            return both;
        });
        return new RecordingSettings(directory, more, redaction, fileBytes, files);
    }

    /**
     * With other bounds.
     *
     * @param bytes see {@link #fileBytes()}
     * @param kept see {@link #files()}
     * @return the new settings
     */
    public RecordingSettings withFiles(long bytes, int kept) {
        return new RecordingSettings(directory, connections, redaction, bytes, kept);
    }
}
