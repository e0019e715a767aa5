package io.headgate.samples.chat;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.IngressEvent.Text;
import io.headgate.plugin.OutputCommand;

/**
 * An event, and what the gateway says with it.
 *
 * @param event the event
 * @param message what its text says; {@link Message#NONE} of an event that is none
 */
record Heard(IngressEvent event, Message message) {

    static Heard of(IngressEvent event) {
        return new Heard(event, event instanceof Text text ? Message.read(text.text()) : Message.NONE);
    }

    boolean is(int op) {
        return message.op() == op;
    }

    boolean endsSession() {
        return event instanceof IngressEvent.Closed || event instanceof IngressEvent.Failed;
    }

    /** For the session that this came from, and for no later one. */
    OutputCommand reply(String text) {
        return new OutputCommand.SendText(OutputCommand.HOST_ASSIGNED_ID, event.connection(), event.epoch(), text);
    }

    OutputCommand close(int code, String why) {
        return new OutputCommand.Close(OutputCommand.HOST_ASSIGNED_ID, event.connection(), event.epoch(), code, why);
    }
}
