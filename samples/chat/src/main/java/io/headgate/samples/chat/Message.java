package io.headgate.samples.chat;

import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the gateway and its clients say: an object with an opcode, data, and of a dispatch its number and its type.
 *
 * @param op the opcode, see {@link Op}
 * @param data {@code d}; null in JSON for nothing
 * @param sequence {@code s}, of a dispatch
 * @param type {@code t}, of a dispatch; empty for others
 */
record Message(int op, JsonNode data, OptionalLong sequence, String type) {

    static final Message NONE = new Message(Op.UNKNOWN, NullNode.getInstance(), OptionalLong.empty(), "");

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Whatever it is: what cannot be understood has the opcode {@link Op#UNKNOWN}. */
    static Message read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            JsonNode number = json.path("s");
            return new Message(
                    json.path("op").asInt(Op.UNKNOWN),
                    json.path("d"),
                    number.isIntegralNumber() ? OptionalLong.of(number.asLong()) : OptionalLong.empty(),
                    json.path("t").asString(""));
        } catch (JacksonException malformed) {
            return NONE;
        }
    }

    static String write(int op, JsonNode data) {
        return JSON.createObjectNode().put("op", op).set("d", data).toString();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    boolean is(String dispatched) {
        return op == Op.DISPATCH && type.equals(dispatched);
    }
}
