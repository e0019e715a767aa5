package io.headgate.samples.socketmode;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.IngressEvent.Text;
import io.headgate.plugin.OutputCommand;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * An event, and what is said with it.
 *
 * @param event the event
 * @param message what its text says; a missing node of an event that is none, and of a text that is no JSON
 */
record Heard(IngressEvent event, JsonNode message) {

    static Heard of(IngressEvent event) {
        return new Heard(event, event instanceof Text text ? read(text.text()) : MissingNode.getInstance());
    }

    private static JsonNode read(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException malformed) {
            return MissingNode.getInstance();
        }
    }

    String connection() {
        return event.connection();
    }

    boolean isHello() {
        return type().equals("hello");
    }

    /** The server closes this connection soon. */
    boolean isWarning() {
        return type().equals("disconnect");
    }

    boolean isEnvelope() {
        return !envelope().isEmpty();
    }

    /** There is no session, and none will be unless somebody asks. */
    boolean needsReconnect() {
        return event instanceof IngressEvent.ReconnectNeeded;
    }

    OutputCommand acknowledge() {
        return new OutputCommand.SendText(
                OutputCommand.HOST_ASSIGNED_ID,
                event.connection(),
                event.epoch(),
                JsonMapper.shared()
                        .createObjectNode()
                        .put("envelope_id", envelope())
                        .toString());
    }

    private String envelope() {
        return message.path("envelope_id").asString("");
    }

    private String type() {
        return message.path("type").asString("");
    }
}
