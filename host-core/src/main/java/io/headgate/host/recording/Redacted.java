package io.headgate.host.recording;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.recording.RecordingEntry;
import java.util.Objects;

/** Entries, with what a {@link Redaction} leaves out left out. The one place that knows where something is said. */
final class Redacted {

    private final Redaction redaction;

    Redacted(Redaction redaction) {
        this.redaction = redaction;
    }

    RecordingEntry entry(RecordingEntry entry) {
        if (entry instanceof RecordingEntry.Event event) {
            return new RecordingEntry.Event(event.atMillis(), event(event.event()));
        }
        if (entry instanceof RecordingEntry.Command command) {
            return new RecordingEntry.Command(command.atMillis(), redaction.command(command.command()));
        }
        return entry;
    }

    /** The size stays what it was. */
    private IngressEvent event(IngressEvent event) {
        if (event instanceof IngressEvent.Text said) {
            return new IngressEvent.Text(
                    said.connection(),
                    said.epoch(),
                    said.sequence(),
                    said.receivedAtMillis(),
                    text(said.text()),
                    said.bytes());
        }
        if (event instanceof IngressEvent.Closed closed) {
            return new IngressEvent.Closed(
                    closed.connection(),
                    closed.epoch(),
                    closed.sequence(),
                    closed.receivedAtMillis(),
                    closed.code(),
                    reason(closed.reason()),
                    closed.initiator());
        }
        return event;
    }

    OutputCommand command(OutputCommand command) {
        if (command instanceof OutputCommand.SendText said) {
            return new OutputCommand.SendText(
                    said.id(), said.connection(), said.epoch(), text(said.text()), said.confirm());
        }
        if (command instanceof OutputCommand.Close close) {
            return new OutputCommand.Close(
                    close.id(), close.connection(), close.epoch(), close.code(), reason(close.reason()));
        }
        if (command instanceof OutputCommand.Open open) {
            String uri = Objects.requireNonNull(redaction.uri(open.uri()), "the redaction of a URI");
            return new OutputCommand.Open(open.id(), open.connection(), open.epoch(), uri);
        }
        if (command instanceof OutputCommand.ReportStatus report) {
            return new OutputCommand.ReportStatus(report.id(), report.health(), reason(report.message()));
        }
        return command;
    }

    private String text(String text) {
        return Objects.requireNonNull(redaction.text(text), "the redaction of a text");
    }

    /** That there was none is nothing to leave out. */
    private String reason(String reason) {
        return reason.isEmpty() ? reason : text(reason);
    }
}
