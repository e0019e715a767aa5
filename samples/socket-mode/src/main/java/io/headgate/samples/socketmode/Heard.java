package io.headgate.samples.socketmode;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.IngressEvent.Text;
import io.headgate.plugin.OutputCommand;
import java.util.Set;
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

    /** What {@code limits.opens} says. */
    private static final Set<String> FOR_NOW = Set.of("over-open-budget", "too-many-open");

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

    /** There is no session, and none will be unless somebody asks: it ended, or the host lets no more be opened for now. */
    boolean isVacated() {
        return event instanceof IngressEvent.ReconnectNeeded
                || (event instanceof IngressEvent.CommandRefused refused && FOR_NOW.contains(refused.rule()));
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
