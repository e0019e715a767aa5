package io.headgate.host.json;

import io.headgate.host.json.RecordingLine.Entry;

/**
 * The lines of a recording, by the rules and within the bounds of {@link MessageJson}. The page docs/reference/json.md lists
 * kinds and fields. Every method may be called on any thread.
 */
public final class RecordingJson {

    private RecordingJson() {}

    /**
     * Writes a line.
     *
     * @param line the line
     * @return one line, without a line's end
     * @throws MessageFormatException if it is beyond a bound
     */
    public static String write(RecordingLine line) {
        return line instanceof Entry entry
                ? RecordingKinds.ALL.write(entry.recorded())
                : RecordingKinds.START.write(line);
    }

    /**
     * Reads a line.
     *
     * @param json one object, perhaps between white space
     * @return the line
     * @throws MessageFormatException if it is none
     */
    public static RecordingLine read(String json) {
        ParsedObject object = JsonText.parse(json, 0);
        String kind = MessageJson.kind(object);
        if (kind.equals(RecordingKinds.START.name())) {
            return RecordingKinds.START.read(object);
        }
        return new Entry(RecordingKinds.ALL.required(kind).read(object));
    }
}
