package io.headgate.host.recording;

import io.headgate.plugin.CommandOutcome;
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
        if (entry instanceof RecordingEntry.Outcome outcome) {
            return new RecordingEntry.Outcome(outcome.atMillis(), outcome(outcome.outcome()));
        }
        return entry;
    }

    /** What a message says may be the peer's or the plugin's words; its rule is the host's. */
    private CommandOutcome outcome(CommandOutcome outcome) {
        return new CommandOutcome(
                outcome.commandId(),
                outcome.connection(),
                outcome.epoch(),
                outcome.decidedAtMillis(),
                outcome.result(),
                outcome.rule(),
                words(outcome.message()));
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
                    words(closed.reason()),
                    closed.initiator());
        }
        return told(event);
    }

    /** Messages of the host's quote the peer and the plugin: the reason of a Close, the path of a URI. */
    private IngressEvent told(IngressEvent event) {
        if (event instanceof IngressEvent.Failed failed) {
            return new IngressEvent.Failed(
                    failed.connection(),
                    failed.epoch(),
                    failed.sequence(),
                    failed.receivedAtMillis(),
                    failed.kind(),
                    words(failed.message()));
        }
        if (event instanceof IngressEvent.ReconnectNeeded needed) {
            return new IngressEvent.ReconnectNeeded(
                    needed.connection(),
                    needed.epoch(),
                    needed.sequence(),
                    needed.receivedAtMillis(),
                    words(needed.why()));
        }
        if (event instanceof IngressEvent.CommandRefused refused) {
            return new IngressEvent.CommandRefused(
                    refused.connection(),
                    refused.epoch(),
                    refused.sequence(),
                    refused.receivedAtMillis(),
                    refused.commandId(),
                    refused.rule(),
                    words(refused.message()),
                    refused.more());
        }
        if (event instanceof IngressEvent.CommandFailed failed) {
            return new IngressEvent.CommandFailed(
                    failed.connection(),
                    failed.epoch(),
                    failed.sequence(),
                    failed.receivedAtMillis(),
                    failed.commandId(),
                    words(failed.message()),
                    failed.more());
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
                    close.id(), close.connection(), close.epoch(), close.code(), words(close.reason()));
        }
        if (command instanceof OutputCommand.Open open) {
            String uri = Objects.requireNonNull(redaction.uri(open.uri()), "the redaction of a URI");
            return new OutputCommand.Open(open.id(), open.connection(), open.epoch(), uri);
        }
        if (command instanceof OutputCommand.ReportStatus report) {
            return new OutputCommand.ReportStatus(report.id(), report.health(), words(report.message()));
        }
        return command;
    }

    private String text(String text) {
        return Objects.requireNonNull(redaction.text(text), "the redaction of a text");
    }

    /** That there was none is nothing to leave out. */
    private String words(String words) {
        return words.isEmpty() ? words : text(words);
    }
}
