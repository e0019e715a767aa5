package io.headgate.host.json;

import static io.headgate.host.json.Field.optional;
import static io.headgate.host.json.Field.required;

import io.headgate.plugin.FailureKind;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.IngressEvent.Closed;
import io.headgate.plugin.IngressEvent.CommandFailed;
import io.headgate.plugin.IngressEvent.CommandRefused;
import io.headgate.plugin.IngressEvent.CommandSent;
import io.headgate.plugin.IngressEvent.Failed;
import io.headgate.plugin.IngressEvent.Gap;
import io.headgate.plugin.IngressEvent.Opened;
import io.headgate.plugin.IngressEvent.ReconnectNeeded;
import io.headgate.plugin.IngressEvent.Retrying;
import io.headgate.plugin.IngressEvent.Text;
import io.headgate.plugin.Initiator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How each kind of event looks. Names are written out, never derived from Java's: renaming a component must not change what
 * recordings and remote plugins read.
 */
final class EventKinds {

    private static final ValueType<FailureKind> FAILURE_KIND = ValueType.constant(Map.of(
            FailureKind.DENIED, "denied",
            FailureKind.CONNECT, "connect",
            FailureKind.HANDSHAKE, "handshake",
            FailureKind.TIMEOUT, "timeout",
            FailureKind.PROTOCOL, "protocol",
            FailureKind.TRANSPORT, "transport"));
    private static final ValueType<Initiator> INITIATOR_NAME =
            ValueType.constant(Map.of(Initiator.PEER, "peer", Initiator.HOST, "host", Initiator.NOBODY, "nobody"));

    static final Field<IngressEvent, String> CONNECTION =
            required("connection", ValueType.NAME, IngressEvent::connection);
    static final Field<IngressEvent, Long> EPOCH = required("epoch", ValueType.whole(0), IngressEvent::epoch);
    static final Field<IngressEvent, Long> SEQUENCE = required("sequence", ValueType.whole(1), IngressEvent::sequence);
    static final Field<IngressEvent, Long> RECEIVED_AT =
            required("receivedAtMillis", ValueType.ANY_LONG, IngressEvent::receivedAtMillis);

    /** What every event begins with. */
    static final List<Field<IngressEvent, ?>> COMMON = List.of(CONNECTION, EPOCH, SEQUENCE, RECEIVED_AT);

    private static final Field<IngressEvent, Long> OPEN_EPOCH =
            required("epoch", ValueType.whole(1), IngressEvent::epoch);
    private static final Field<Opened, String> SUBPROTOCOL =
            required("subprotocol", ValueType.TEXT, Opened::subprotocol);
    private static final Field<Text, String> TEXT = required("text", ValueType.TEXT, Text::text);
    private static final Field<Text, Integer> BYTES =
            required("bytes", ValueType.wholeInt(0, Integer.MAX_VALUE), Text::bytes);
    private static final Field<Closed, Integer> CODE =
            required("code", ValueType.wholeInt(1000, Integer.MAX_VALUE), Closed::code);
    private static final Field<Closed, String> REASON = required("reason", ValueType.TEXT, Closed::reason);
    private static final Field<Closed, Initiator> INITIATOR = required("initiator", INITIATOR_NAME, Closed::initiator);
    private static final Field<Failed, FailureKind> FAILURE = required("failure", FAILURE_KIND, Failed::kind);
    private static final Field<Failed, String> FAILED_MESSAGE = message(Failed::message);
    private static final Field<Retrying, Integer> ATTEMPT =
            required("attempt", ValueType.wholeInt(1, Integer.MAX_VALUE), Retrying::attempt);
    private static final Field<Retrying, Long> NEXT_ATTEMPT_AT =
            required("nextAttemptAtMillis", ValueType.ANY_LONG, Retrying::nextAttemptAtMillis);
    private static final Field<ReconnectNeeded, String> WHY = required("why", ValueType.TEXT, ReconnectNeeded::why);
    private static final Field<Gap, Long> COUNT = required("count", ValueType.whole(1), Gap::count);
    private static final Field<Gap, Long> FIRST_AT = required("firstAtMillis", ValueType.ANY_LONG, Gap::firstAtMillis);
    private static final Field<Gap, Long> LAST_AT = required("lastAtMillis", ValueType.ANY_LONG, Gap::lastAtMillis);
    private static final Field<CommandRefused, String> REFUSED_ID = commandId(CommandRefused::commandId);
    private static final Field<CommandRefused, String> RULE = required("rule", ValueType.TEXT, CommandRefused::rule);
    private static final Field<CommandRefused, String> REFUSED_MESSAGE = message(CommandRefused::message);
    private static final Field<CommandRefused, Long> REFUSED_MORE = more(CommandRefused::more);
    private static final Field<CommandFailed, String> FAILED_ID = commandId(CommandFailed::commandId);
    private static final Field<CommandFailed, String> COMMAND_FAILED_MESSAGE = message(CommandFailed::message);
    private static final Field<CommandFailed, Long> FAILED_MORE = more(CommandFailed::more);
    private static final Field<CommandSent, String> SENT_ID = commandId(CommandSent::commandId);
    private static final Field<CommandSent, Long> SENT_MORE = more(CommandSent::more);

    static final Family<IngressEvent> ALL = new Family<>(
            "an event",
            List.of(
                    new Kind<>(
                            "opened",
                            Opened.class,
                            List.of(CONNECTION, OPEN_EPOCH, SEQUENCE, RECEIVED_AT, SUBPROTOCOL),
                            in -> new Opened(
                                    in.get(CONNECTION),
                                    in.get(OPEN_EPOCH),
                                    in.get(SEQUENCE),
                                    in.get(RECEIVED_AT),
                                    in.get(SUBPROTOCOL))),
                    kind(
                            "text",
                            Text.class,
                            List.of(TEXT, BYTES),
                            in -> new Text(
                                    in.get(CONNECTION),
                                    in.get(EPOCH),
                                    in.get(SEQUENCE),
                                    in.get(RECEIVED_AT),
                                    in.get(TEXT),
                                    in.get(BYTES))),
                    kind(
                            "closed",
                            Closed.class,
                            List.of(CODE, REASON, INITIATOR),
                            in -> new Closed(
                                    in.get(CONNECTION),
                                    in.get(EPOCH),
                                    in.get(SEQUENCE),
                                    in.get(RECEIVED_AT),
                                    in.get(CODE),
                                    in.get(REASON),
                                    in.get(INITIATOR))),
                    kind(
                            "failed",
                            Failed.class,
                            List.of(FAILURE, FAILED_MESSAGE),
                            in -> new Failed(
                                    in.get(CONNECTION),
                                    in.get(EPOCH),
                                    in.get(SEQUENCE),
                                    in.get(RECEIVED_AT),
                                    in.get(FAILURE),
                                    in.get(FAILED_MESSAGE))),
                    kind(
                            "retrying",
                            Retrying.class,
                            List.of(ATTEMPT, NEXT_ATTEMPT_AT),
                            in -> new Retrying(
                                    in.get(CONNECTION),
                                    in.get(EPOCH),
                                    in.get(SEQUENCE),
                                    in.get(RECEIVED_AT),
                                    in.get(ATTEMPT),
                                    in.get(NEXT_ATTEMPT_AT))),
                    kind(
                            "reconnect-needed",
                            ReconnectNeeded.class,
                            List.of(WHY),
                            in -> new ReconnectNeeded(
                                    in.get(CONNECTION),
                                    in.get(EPOCH),
                                    in.get(SEQUENCE),
                                    in.get(RECEIVED_AT),
                                    in.get(WHY))),
                    kind("gap", Gap.class, List.of(COUNT, FIRST_AT, LAST_AT), EventKinds::gap),
                    kind(
                            "command-refused",
                            CommandRefused.class,
                            List.of(REFUSED_ID, RULE, REFUSED_MESSAGE, REFUSED_MORE),
                            in -> new CommandRefused(
                                    in.get(CONNECTION),
                                    in.get(EPOCH),
                                    in.get(SEQUENCE),
                                    in.get(RECEIVED_AT),
                                    in.get(REFUSED_ID),
                                    in.get(RULE),
                                    in.get(REFUSED_MESSAGE),
                                    in.get(REFUSED_MORE))),
                    kind(
                            "command-failed",
                            CommandFailed.class,
                            List.of(FAILED_ID, COMMAND_FAILED_MESSAGE, FAILED_MORE),
                            in -> new CommandFailed(
                                    in.get(CONNECTION),
                                    in.get(EPOCH),
                                    in.get(SEQUENCE),
                                    in.get(RECEIVED_AT),
                                    in.get(FAILED_ID),
                                    in.get(COMMAND_FAILED_MESSAGE),
                                    in.get(FAILED_MORE))),
                    kind(
                            "command-sent",
                            CommandSent.class,
                            List.of(SENT_ID, SENT_MORE),
                            in -> new CommandSent(
                                    in.get(CONNECTION),
                                    in.get(EPOCH),
                                    in.get(SEQUENCE),
                                    in.get(RECEIVED_AT),
                                    in.get(SENT_ID),
                                    in.get(SENT_MORE)))));

    private EventKinds() {}

    private static <E extends IngressEvent> Kind<E> kind(
            String name, Class<E> type, List<Field<E, ?>> own, Function<ParsedObject, E> reading) {
        return new Kind<>(
                name,
                type,
                Stream.<Field<? super E, ?>>concat(COMMON.stream(), own.stream())
                        .toList(),
                reading);
    }

    /** A Gap was received when its last text was: it is written twice, and must not be read as two times. */
    private static Gap gap(ParsedObject in) {
        Gap gap = new Gap(
                in.get(CONNECTION), in.get(EPOCH), in.get(SEQUENCE), in.get(COUNT), in.get(FIRST_AT), in.get(LAST_AT));
        if (in.get(RECEIVED_AT) != gap.receivedAtMillis()) {
            throw new MessageFormatException(RECEIVED_AT.name(), "what lastAtMillis has", "another time");
        }
        return gap;
    }

    private static <E> Field<E, String> message(Function<E, String> value) {
        return required("message", ValueType.TEXT, value);
    }

    private static <E> Field<E, String> commandId(Function<E, String> value) {
        return required("commandId", ValueType.TEXT, value);
    }

    private static <E> Field<E, Long> more(Function<E, Long> value) {
        return optional("more", ValueType.whole(0), value, 0L);
    }
}
