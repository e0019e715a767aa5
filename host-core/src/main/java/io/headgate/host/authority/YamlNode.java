package io.headgate.host.authority;

import java.util.List;

/** A YAML document as a tree that knows where it stands in its file. */
sealed interface YamlNode {

    Position position();

    /** A mapping; its keys are as they come, twice perhaps. */
    record Mapping(Position position, List<Entry> entries) implements YamlNode {}

    /** One key of a mapping. */
    record Entry(String key, Position position, YamlNode value) {}

    /** A list. */
    record Sequence(Position position, List<YamlNode> elements) implements YamlNode {}

    /** A single value, with the text it is written as. */
    record Scalar(Position position, Kind kind, String text) implements YamlNode {}

    /** What YAML takes a single value for. */
    enum Kind {
        /** Quoted, or like nothing else. */
        TEXT,
        /** A decimal whole number. */
        INTEGER,
        /** Another number, true or false. */
        OTHER,
        /** Nothing. */
        ABSENT
    }
}
