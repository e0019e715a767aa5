package io.headgate.host.json;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events, commands and outcomes as JSON: one flat object a message, on one line, its fields in a fixed order under stable
 * names. The page docs/reference/json.md lists kinds and fields.
 *
 * <p><strong>This form holds what was said:</strong> texts, close reasons, URIs. It is for recordings, and for plugins that
 * run elsewhere. It belongs in no log, unless the operator chose a recording there.
 *
 * <p>Reading is strict. An error is whatever is no JSON object or more than one, a name that is there twice, a field that
 * is missing, {@code null}, of another type or out of its range, a number with a fraction or an exponent where a whole
 * one belongs, and any {@code version} but 1. What is not known:
 *
 * <ul>
 *   <li>a kind of event reads as {@link UnknownEvent}, and writes back equal;
 *   <li>a kind of command or outcome is an error: what nobody knows, nobody may do;
 *   <li>a field of an event or an outcome is ignored, once it was seen to be well-formed;
 *   <li>a field of a command is an error: it may restrict the command.
 * </ul>
 *
 * <p>Bounds: 385 MiB of UTF-16 units (a text of 64 MiB, each unit escaped), 64 Mi units a text, 256 a name, 100 digits a
 * number, 10,000 tokens, nested 16 deep. Nothing is written that would not be read: a message beyond a bound is an error
 * here too. A lone surrogate, which a plugin's text may hold although no wire takes it, is written as an escape and read
 * back.
 *
 * <p>Every method may be called on any thread.
 */
public final class MessageJson {

    private MessageJson() {}

    /**
     * Writes an event.
     *
     * @param event the event
     * @return one line, without a line's end
     * @throws MessageFormatException if it is beyond a bound, or an {@link IngressEvent.Other} that is no
     *     {@link UnknownEvent}
     */
    public static String write(IngressEvent event) {
        return JsonText.write(node(event));
    }

    /**
     * Writes a command.
     *
     * @param command the command
     * @return one line, without a line's end
     * @throws MessageFormatException if it is beyond a bound
     */
    public static String write(OutputCommand command) {
        return CommandKinds.ALL.write(command);
    }

    /**
     * Writes an outcome.
     *
     * @param outcome the outcome
     * @return one line, without a line's end
     * @throws MessageFormatException if it is beyond a bound
     */
    public static String write(CommandOutcome outcome) {
        return OutcomeKinds.ALL.write(outcome);
    }

    /**
     * Reads an event.
     *
     * @param json one object, perhaps between white space
     * @return the event; an {@link UnknownEvent} where its kind is not known
     * @throws MessageFormatException if it is none
     */
    public static IngressEvent readEvent(String json) {
        return event(JsonText.parse(json, 0));
    }

    static IngressEvent event(ParsedObject object) {
        String kind = kind(object);
        Optional<Kind<? extends IngressEvent>> known = EventKinds.ALL.find(kind);
        if (known.isPresent()) {
            return known.get().read(object);
        }
        if (isKnown(kind)) {
            throw EventKinds.ALL.unknown(kind);
        }
        return UnknownEvent.read(kind, object);
    }

    /**
     * Reads a command.
     *
     * @param json one object, perhaps between white space
     * @return the command
     * @throws MessageFormatException if it is none, or has a field or a kind that is not known
     */
    public static OutputCommand readCommand(String json) {
        return command(JsonText.parse(json, 0));
    }

    static OutputCommand command(ParsedObject object) {
        Kind<? extends OutputCommand> kind = CommandKinds.ALL.required(kind(object));
        object.checkOnly(kind.names());
        return kind.read(object);
    }

    /**
     * Reads an outcome.
     *
     * @param json one object, perhaps between white space
     * @return the outcome
     * @throws MessageFormatException if it is none, or of a kind that is not known
     */
    public static CommandOutcome readOutcome(String json) {
        return outcome(JsonText.parse(json, 0));
    }

    static CommandOutcome outcome(ParsedObject object) {
        return OutcomeKinds.ALL.required(kind(object)).read(object);
    }

    /** Whether any of the methods here knows a kind of that name: no name is used for two things. */
    static boolean isKnown(String kind) {
        return EventKinds.ALL.find(kind).isPresent()
                || CommandKinds.ALL.find(kind).isPresent()
                || OutcomeKinds.ALL.find(kind).isPresent()
                || RecordingKinds.ALL.find(kind).isPresent()
                || RecordingKinds.START.name().equals(kind);
    }

    static ObjectNode node(IngressEvent event) {
        return event instanceof UnknownEvent unknown ? unknown.node() : EventKinds.ALL.node(event);
    }

    static ObjectNode node(OutputCommand command) {
        return CommandKinds.ALL.node(command);
    }

    static ObjectNode node(CommandOutcome outcome) {
        return OutcomeKinds.ALL.node(outcome);
    }

    static String kind(ParsedObject object) {
        object.get(Kind.VERSION_FIELD);
        return object.get(Kind.KIND_FIELD);
    }
}
