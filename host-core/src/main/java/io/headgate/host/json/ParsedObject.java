package io.headgate.host.json;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one object, as they were read.
 *
 * @param members name and value, in the order of the text
 */
record ParsedObject(Map<String, JsonNode> members) {

    /** A slip can make a name of a text, so only what looks like a name of ours is shown. */
    private static final Pattern SHOWN = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,31}");

    static ParsedObject of(ObjectNode object) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return new ParsedObject(members);
    }

    <T> T get(Field<?, T> field) {
        return field.read(members.get(field.name()));
    }

    /** Fails on a field that is none of these. */
    void checkOnly(Collection<String> names) {
        for (String name : members.keySet()) {
            if (!names.contains(name)) {
                throw new MessageFormatException(shown(name), "only " + String.join(", ", names), "an unknown field");
            }
        }
    }

    /** Fails on a field that is one of these. */
    void checkNone(Collection<String> names) {
        for (String name : names) {
            if (members.containsKey(name)) {
                throw new MessageFormatException(name, "no field of that name here", "one");
            }
        }
    }

    /** All other fields. */
    ObjectNode without(Set<String> names) {
        ObjectNode rest = JsonText.object();
        members.forEach((name, value) -> {
            if (!names.contains(name)) {
                rest.set(name, value);
            }
        });
        return rest;
    }

    static boolean isShown(String name) {
        return SHOWN.matcher(name).matches();
    }

    static String shown(String name) {
        return isShown(name) ? name : "";
    }
}
