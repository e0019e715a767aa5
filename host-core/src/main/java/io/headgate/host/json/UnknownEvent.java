package io.headgate.host.json;

import io.headgate.plugin.IngressEvent;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event of a kind that this version does not know, as {@link MessageJson#readEvent} reads it and
 * {@link MessageJson#write(IngressEvent)} writes it back: nothing of it is lost but the spelling (white space, escapes, and
 * how a number with an exponent is written). {@code toString} does not show its fields.
 *
 * @param connection see {@link IngressEvent#connection()}; 1 to 64 characters
 * @param epoch see {@link IngressEvent#epoch()}; at least 0
 * @param sequence see {@link IngressEvent#sequence()}; at least 1
 * @param receivedAtMillis see {@link IngressEvent#receivedAtMillis()}
 * @param kind the kind's name: 1 to 64 of {@code a-z}, {@code 0-9} and {@code -}, the first a letter; none that is known
 * @param fields the kind's own fields, as the text of one JSON object within the bounds of {@link MessageJson}; held on one
 *     line without white space
 */
public record UnknownEvent(
        String connection, long epoch, long sequence, long receivedAtMillis, String kind, String fields)
        implements IngressEvent.Other {

    private static final Set<String> ENVELOPE = Stream.concat(
                    Stream.of(Kind.VERSION_FIELD.name(), Kind.KIND_FIELD.name()),
                    EventKinds.COMMON.stream().map(Field::name))
            .collect(Collectors.toCollection(LinkedHashSet::new));

    /** The tokens of the fields of every event: a name and a value each. */
    private static final int ENVELOPE_TOKENS = 2 * ENVELOPE.size();

    /**
     * Checks the components.
     *
     * @throws MessageFormatException if one is out of its bounds, the kind is known, or the fields are no JSON object,
     *     one beyond a bound, or one that has a field of every event
     */
    public UnknownEvent {
        EventKinds.CONNECTION.checked(Objects.requireNonNull(connection, "connection"));
        EventKinds.EPOCH.checked(epoch);
        EventKinds.SEQUENCE.checked(sequence);
        Kind.KIND_FIELD.checked(Objects.requireNonNull(kind, "kind"));
        Objects.requireNonNull(fields, "fields");
        if (MessageJson.isKnown(kind)) {
            throw new MessageFormatException(Kind.KIND_FIELD.name(), "a kind that is not known", kind);
        }
        ParsedObject own = JsonText.parse(fields, ENVELOPE_TOKENS);
        own.checkNone(ENVELOPE);
        fields = JsonText.write(own.without(Set.of()));
        // In the spelling it is held in, which can be longer, it has to read too.
        JsonText.parse(fields, ENVELOPE_TOKENS);
    }

    static UnknownEvent read(String kind, ParsedObject in) {
        return new UnknownEvent(
                in.get(EventKinds.CONNECTION),
                in.get(EventKinds.EPOCH),
                in.get(EventKinds.SEQUENCE),
                in.get(EventKinds.RECEIVED_AT),
                kind,
                JsonText.write(in.without(ENVELOPE)));
    }

    ObjectNode node() {
        ObjectNode object = Kind.begin(kind);
        EventKinds.COMMON.forEach(field -> field.write(this, object));
        object.setAll(JsonText.parse(fields, ENVELOPE_TOKENS).members());
        return object;
    }

    /** Names the event and its kind, and the size of its fields. */
    @Override
    public String toString() {
        return "UnknownEvent[" + id() + ", " + kind + ", fields of " + fields.length() + " characters]";
    }
}
