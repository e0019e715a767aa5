package io.headgate.host.json;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The kinds that one method reads.
 *
 * @param what what they are, for messages
 * @param kinds in the order of the reference page
 */
record Family<M>(String what, List<Kind<? extends M>> kinds) {

    Optional<Kind<? extends M>> find(String name) {
        return kinds.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    Kind<? extends M> required(String name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    String write(M message) {
        return JsonText.write(node(message));
    }

    ObjectNode node(M message) {
        return kinds.stream()
                .filter(kind -> kind.type().isInstance(message))
                .findFirst()
                .orElseThrow(() -> unknown("the class " + message.getClass().getName()))
                .node(message);
    }

    MessageFormatException unknown(String found) {
        return new MessageFormatException(
                Kind.KIND_FIELD.name(),
                what + ", one of " + kinds.stream().map(Kind::name).collect(Collectors.joining(", ")),
                found);
    }
}
