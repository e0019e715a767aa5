package io.headgate.host.json;

import static io.headgate.host.json.Field.required;

import io.headgate.host.json.RecordingLine.Start;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.recording.RecordingEntry;
import io.headgate.plugin.recording.RecordingEntry.Command;
import io.headgate.plugin.recording.RecordingEntry.Completed;
import io.headgate.plugin.recording.RecordingEntry.Ended;
import io.headgate.plugin.recording.RecordingEntry.Event;
import io.headgate.plugin.recording.RecordingEntry.Missing;
import io.headgate.plugin.recording.RecordingEntry.Outcome;
import java.util.List;
import java.util.Set;

/** How each line of a recording looks: what passed is an object within the line's. */
final class RecordingKinds {

    private static final Field<Start, String> SERVICE = required("service", ValueType.TEXT, Start::service);
    private static final Field<Start, Long> INCARNATION =
            required("incarnation", ValueType.whole(1), Start::incarnation);
    private static final Field<Start, Long> BEGAN_AT = required("atMillis", ValueType.ANY_LONG, Start::atMillis);
    private static final Field<Start, Set<String>> CONNECTIONS =
            required("connections", ValueType.NAMES, Start::connections);
    private static final Field<Start, Boolean> CONTINUED = required("continued", ValueType.FLAG, Start::continued);

    private static final Field<RecordingEntry, Long> AT =
            required("atMillis", ValueType.ANY_LONG, RecordingEntry::atMillis);
    private static final Field<Event, IngressEvent> EVENT =
            required("event", ValueType.message("an event", MessageJson::node, MessageJson::event), Event::event);
    private static final Field<Command, OutputCommand> COMMAND = required(
            "command", ValueType.message("a command", MessageJson::node, MessageJson::command), Command::command);
    private static final Field<Outcome, CommandOutcome> OUTCOME = required(
            "outcome", ValueType.message("an outcome", MessageJson::node, MessageJson::outcome), Outcome::outcome);
    private static final Field<Missing, Long> COUNT = required("count", ValueType.whole(1), Missing::count);
    private static final Field<Ended, String> FAILURE = required("failure", ValueType.TEXT, Ended::failure);

    static final Kind<Start> START = new Kind<>(
            "recording",
            Start.class,
            List.of(SERVICE, INCARNATION, BEGAN_AT, CONNECTIONS, CONTINUED),
            in -> new Start(
                    in.get(SERVICE), in.get(INCARNATION), in.get(BEGAN_AT), in.get(CONNECTIONS), in.get(CONTINUED)));

    static final Family<RecordingEntry> ALL = new Family<>(
            "a recorded entry",
            List.of(
                    new Kind<>(
                            "recorded-event",
                            Event.class,
                            List.of(AT, EVENT),
                            in -> new Event(in.get(AT), in.get(EVENT))),
                    new Kind<>(
                            "recorded-command",
                            Command.class,
                            List.of(AT, COMMAND),
                            in -> new Command(in.get(AT), in.get(COMMAND))),
                    new Kind<>(
                            "recorded-outcome",
                            Outcome.class,
                            List.of(AT, OUTCOME),
                            in -> new Outcome(in.get(AT), in.get(OUTCOME))),
                    new Kind<>("recorded-completion", Completed.class, List.of(AT), in -> new Completed(in.get(AT))),
                    new Kind<>(
                            "recorded-missing",
                            Missing.class,
                            List.of(AT, COUNT),
                            in -> new Missing(in.get(AT), in.get(COUNT))),
                    new Kind<>(
                            "recorded-end",
                            Ended.class,
                            List.of(AT, FAILURE),
                            in -> new Ended(in.get(AT), in.get(FAILURE)))));

    private RecordingKinds() {}
}
