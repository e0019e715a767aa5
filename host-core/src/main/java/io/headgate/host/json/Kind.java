package io.headgate.host.json;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * One kind of message: the one place that knows how it looks in JSON.
 *
 * @param name its name on the wire
 * @param type its class
 * @param fields what follows {@code version} and {@code kind}, in the order of writing
 * @param reading makes a message of what was read
 */
record Kind<M>(String name, Class<M> type, List<Field<? super M, ?>> fields, Function<ParsedObject, M> reading) {

    /** The only version there is. */
    static final int VERSION = 1;

    static final Field<Object, Integer> VERSION_FIELD =
            Field.required("version", ValueType.wholeInt(VERSION, VERSION), message -> VERSION);
    static final Field<String, String> KIND_FIELD = Field.required("kind", ValueType.KIND, name -> name);

    /** An object that has its version and its kind, and nothing else yet. */
    static ObjectNode begin(String name) {
        ObjectNode object = JsonText.object();
        VERSION_FIELD.write(name, object);
        KIND_FIELD.write(name, object);
        return object;
    }

    String write(Object message) {
        return JsonText.write(node(message));
    }

    ObjectNode node(Object message) {
        M own = type.cast(message);
        ObjectNode object = begin(name);
        fields.forEach(field -> field.write(own, object));
        return object;
    }

    M read(ParsedObject object) {
        return reading.apply(object);
    }

    /** All names of the object's fields. */
    Set<String> names() {
        return Stream.concat(Stream.of(VERSION_FIELD, KIND_FIELD), fields.stream())
                .map(Field::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
