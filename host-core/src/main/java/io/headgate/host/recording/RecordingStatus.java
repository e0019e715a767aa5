package io.headgate.host.recording;

import java.util.Objects;
import java.util.Optional;

/**
 * How the recording of one service is. In one snapshot, what was offered is {@code recorded + missing + waiting}.
 *
 * @param service {@code plugin/service}
 * @param directory where its files are
 * @param recorded how many entries have been written
 * @param missing how many were not: what came faster than it could be written, was larger than a file, or could not be redacted; and all
 *     that came after a failure
 * @param waiting how many wait to be written
 * @param failure why nothing is recorded any more; empty while it is
 */
public record RecordingStatus(
        String service, String directory, long recorded, long missing, long waiting, Optional<String> failure) {

    /** Checks for nulls. */
    public RecordingStatus {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(failure, "failure");
    }
}
