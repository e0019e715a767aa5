package io.headgate.samples.standalone;

import io.headgate.host.recording.RecordingSettings;
import io.headgate.host.recording.Redaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A recording of which not all is known yet. */
record RecordingDraft(
        Optional<Path> directory,
        List<String> connections,
        Optional<Rule> rule,
        List<String> members,
        Optional<Long> fileBytes,
        Optional<Integer> files) {

    /** What is left out. */
    enum Rule {
        /** Nothing. */
        NOTHING,
        /** Every text. */
        TEXTS,
        /** Some members of texts that are JSON, and texts that are none. */
        MEMBERS
    }

    static RecordingDraft empty() {
        return new RecordingDraft(
                Optional.empty(), List.of(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    RecordingDraft withDirectory(String known) {
        return new RecordingDraft(Optional.of(Path.of(known)), connections, rule, members, fileBytes, files);
    }

    RecordingDraft withConnections(List<String> known) {
        return new RecordingDraft(directory, known, rule, members, fileBytes, files);
    }

    RecordingDraft withRule(Rule known) {
        return new RecordingDraft(directory, connections, Optional.of(known), members, fileBytes, files);
    }

    RecordingDraft withMembers(List<String> known) {
        return new RecordingDraft(directory, connections, rule, known, fileBytes, files);
    }

    RecordingDraft withFileBytes(long known) {
        return new RecordingDraft(directory, connections, rule, members, Optional.of(known), files);
    }

    RecordingDraft withFiles(int known) {
        return new RecordingDraft(directory, connections, rule, members, fileBytes, Optional.of(known));
    }

    /** All of it, checked. */
    RecordingSettings settings() {
        RecordingSettings settings = RecordingSettings.into(
                directory.orElseThrow(() -> missing("directory")),
                redaction(rule.orElseThrow(() -> missing("redaction: nothing, texts or members"))));
        if (connections.isEmpty()) {
            throw missing("connections");
        }
        for (String connection : connections) {
            String[] names = connection.split("/", -1);
            if (names.length != 3) {
                throw new IllegalArgumentException(
                        "connections must be written as plugin/service/connection, one is " + connection);
            }
            settings = settings.withConnection(names[0] + "/" + names[1], names[2]);
        }
        return settings.withFiles(fileBytes.orElse(settings.fileBytes()), files.orElse(settings.files()));
    }

    private Redaction redaction(Rule chosen) {
        if (chosen != Rule.MEMBERS && !members.isEmpty()) {
            throw new IllegalArgumentException("members go with redaction: members only");
        }
        return switch (chosen) {
            case NOTHING -> Redaction.nothing();
            case TEXTS -> Redaction.texts();
            case MEMBERS -> Redaction.members(Set.copyOf(members));
        };
    }

    private static IllegalArgumentException missing(String key) {
        return new IllegalArgumentException("a recording needs " + key);
    }
}
