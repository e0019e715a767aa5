package io.headgate.samples.chat;

import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;

/** What a client keeps from one session to the next, to go on where it was. Only accessed by the service's worker. */
final class Login {

    private final String token;
    private String sessionId = "";
    private OptionalLong sequence = OptionalLong.empty();
    private boolean acknowledged = true;

    Login(String token) {
        this.token = token;
    }

    /** Looks at what has arrived, before anybody answers it. */
    void see(Message message) {
        message.sequence().ifPresent(number -> sequence = OptionalLong.of(number));
        if (message.is("READY")) {
            sessionId = message.data().path("session_id").asString("");
        } else if (message.op() == Op.HELLO || message.op() == Op.HEARTBEAT_ACKNOWLEDGED) {
            acknowledged = true;
        } else if (message.op() == Op.INVALID_SESSION && !message.data().asBoolean(false)) {
            forget();
        }
    }

    /** There is nothing to go on with. */
    void forget() {
        sessionId = "";
        sequence = OptionalLong.empty();
    }

    /** Resumes what there is to resume. */
    String enter() {
        if (sessionId.isEmpty()) {
            return Message.write(Op.IDENTIFY, Message.object().put("token", token));
        }
        return Message.write(
                Op.RESUME,
                Message.object()
                        .put("token", token)
                        .put("session_id", sessionId)
                        .put("seq", sequence.orElse(0)));
    }

    /** Whether the last heartbeat was answered. */
    boolean acknowledged() {
        return acknowledged;
    }

    String beat() {
        acknowledged = false;
        JsonNode last = sequence.isPresent() ? LongNode.valueOf(sequence.getAsLong()) : NullNode.getInstance();
        return Message.write(Op.HEARTBEAT, last);
    }
}
