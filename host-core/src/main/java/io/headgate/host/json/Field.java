package io.headgate.host.json;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One field of a kind of message.
 *
 * @param name its name on the wire
 * @param type what it may hold
 * @param value what a message has there
 * @param absent what a reader takes where it is not there; empty where it must be. It is written always
 */
record Field<M, T>(String name, ValueType<T> type, Function<M, T> value, Optional<T> absent) {

    static <M, T> Field<M, T> required(String name, ValueType<T> type, Function<M, T> value) {
        return new Field<>(name, type, value, Optional.empty());
    }

    static <M, T> Field<M, T> optional(String name, ValueType<T> type, Function<M, T> value, T absent) {
        return new Field<>(name, type, value, Optional.of(absent));
    }

    T read(@Nullable JsonNode node) {
        if (node == null && absent.isPresent()) {
            return absent.get();
        }
        return type.read(node)
                .orElseThrow(() -> new MessageFormatException(name, type.expected(), type.describe(node)));
    }

    /** Writes nothing that the same field would not read. */
    void write(M message, ObjectNode to) {
        to.set(name, checked(value.apply(message)));
    }

    /** What is written for a value. Fails on one that the same field would not read. */
    JsonNode checked(T own) {
        JsonNode node = type.writing().apply(own);
        read(node);
        return node;
    }
}
