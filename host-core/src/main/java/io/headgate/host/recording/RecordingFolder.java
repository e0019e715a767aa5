package io.headgate.host.recording;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of one service: names, order, how many there are, who may read them. Only accessed by one thread at a time. */
final class RecordingFolder {

    private static final Pattern NAME = Pattern.compile("(\\d{6,15})\\.jsonl");
    private static final Comparator<Path> BY_NUMBER = Comparator.comparingLong(RecordingFolder::number);

    private final Path path;

    RecordingFolder(Path path) {
        this.path = path;
    }

    /** Makes the folder, and finds out whether a file can be made in it. */
    void prepare() throws IOException {
        Files.createDirectories(path, owner(path, "rwx------"));
        Files.delete(Files.createTempFile(path, "try", ".tmp"));
    }

    /** The recordings in it, oldest first. */
    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(BY_NUMBER)
                    .toList();
        }
    }

    /**
     * Begins the next file, and lets the oldest go.
     *
     * @param kept how many there may be, with this one
     */
    OutputStream next(int kept) throws IOException {
        List<Path> there = files();
        long number = there.isEmpty() ? 1 : number(there.get(there.size() - 1)) + 1;
        for (Path oldest : there.subList(0, Math.max(0, there.size() - kept + 1))) {
            Files.deleteIfExists(oldest);
        }
        Path file = path.resolve(String.format(Locale.ROOT, "%06d.jsonl", number));
        // Another host's file is never written to.
        return new BufferedOutputStream(Channels.newOutputStream(Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner(path, "rw-------"))));
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private static FileAttribute<?>[] owner(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }
}
