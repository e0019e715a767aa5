package io.headgate.samples.quickstart;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.plugin.IngressEvent;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tells the story on the console, a line each. This is the sample's place to look at what is said: logs never show it. */
final class Narrator {

    private static final int LONGEST = 160;
    private static final long OVERFLOW_PAUSE_MILLIS = 1_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final PrintStream out;
    /** Only accessed by the diagnostics' subscriber. */
    private long overflowToldAt;

    Narrator(PrintStream out) {
        this.out = out;
    }

    void line(String line) {
        out.println(line);
    }

    void event(IngressEvent event) {
        event(event, describe(event));
    }

    void event(IngressEvent event, String what) {
        say(
                event.receivedAtMillis(),
                event.connection(),
                "#" + event.epoch() + "/" + event.sequence() + " " + printable(what));
    }

    /** Prints what an operator would act on; all else is in the events already. */
    void diagnostic(Diagnostic diagnostic) {
        boolean denied =
                diagnostic instanceof Diagnostic.ConnectionChanged changed && changed.state() == ConnectionState.DENIED;
        boolean overflow = diagnostic instanceof Diagnostic.QueueOverflow && !overflowToldLately(diagnostic.atMillis());
        boolean telling = denied || overflow || diagnostic instanceof Diagnostic.CommandRefused;
        if (telling) {
            say(diagnostic.atMillis(), diagnostic.connection(), "host: " + diagnostic.message());
        }
    }

    /** A burst makes many short runs of drops, each with a diagnostic of its own. */
    private boolean overflowToldLately(long atMillis) {
        boolean lately = atMillis - overflowToldAt < OVERFLOW_PAUSE_MILLIS;
        overflowToldAt = lately ? overflowToldAt : atMillis;
        return lately;
    }

    private void say(long atMillis, String connection, String what) {
        String time = TIME.format(Instant.ofEpochMilli(atMillis));
        out.println(String.format(Locale.ROOT, "%s %-8s %s", time, connection, what));
    }

    /** What a peer said must not steer the terminal. */
    static String printable(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }

    private static String describe(IngressEvent event) {
        if (event instanceof IngressEvent.Opened opened) {
            return "opened" + (opened.subprotocol().isEmpty() ? "" : " as " + opened.subprotocol());
        }
        if (event instanceof IngressEvent.Text text) {
            return "\"" + text.text() + "\"";
        }
        if (event instanceof IngressEvent.Closed closed) {
            return "closed with " + closed.code() + " by " + closed.initiator() + " \"" + closed.reason() + "\"";
        }
        if (event instanceof IngressEvent.Failed failed) {
            return "failed: " + failed.kind() + ", " + failed.message();
        }
        if (event instanceof IngressEvent.Retrying retrying) {
            return "is dialled again in " + (retrying.nextAttemptAtMillis() - retrying.receivedAtMillis()) + " ms";
        }
        if (event instanceof IngressEvent.ReconnectNeeded needed) {
            return "needs a reconnect: " + needed.why();
        }
        if (event instanceof IngressEvent.Gap gap) {
            return "gap: " + gap.count() + " texts are missing";
        }
        if (event instanceof IngressEvent.CommandRefused refused) {
            return "command " + refused.commandId() + " refused: " + refused.rule();
        }
        return event.toString();
    }
}
