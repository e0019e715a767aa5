package io.headgate.plugin.test;

import io.headgate.plugin.EventId;
import io.headgate.plugin.IngressEvent;
import java.nio.charset.StandardCharsets;

/** Events out of what a script leaves open. */
final class IngressEvents {

    private IngressEvents() {}

    static IngressEvent text(EventId id, long now, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return new IngressEvent.Text(id.connection(), id.epoch(), id.sequence(), now, text, bytes);
    }

    static IngressEvent refused(EventId id, long now, String command, String rule) {
        return new IngressEvent.CommandRefused(
                id.connection(), id.epoch(), id.sequence(), now, command, rule, "as scripted", 0);
    }

    static IngressEvent failed(EventId id, long now, String command) {
        return new IngressEvent.CommandFailed(
                id.connection(), id.epoch(), id.sequence(), now, command, "as scripted", 0);
    }

    static IngressEvent sent(EventId id, long now, String command) {
        return new IngressEvent.CommandSent(id.connection(), id.epoch(), id.sequence(), now, command, 0);
    }
}
