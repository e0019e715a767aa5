package io.headgate.samples.quickstart;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The words of {@code chat.v1}: JSON objects, each with an {@code op}. */
final class Chat {

    static final String SUBPROTOCOL = "chat.v1";

    private static final JsonMapper JSON = JsonMapper.shared();

    private Chat() {}

    /**
     * Reads a message; one that is no JSON object has the op {@code malformed}, which nobody knows.
     *
     * @param text the message
     * @return the message's tree
     */
    static JsonNode read(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            return tree.isObject() ? tree : of("malformed");
        } catch (JacksonException malformed) {
            return of("malformed");
        }
    }

    static String op(JsonNode message) {
        return message.path("op").asString("");
    }

    static ObjectNode of(String op) {
        return JSON.createObjectNode().put("op", op);
    }
}
