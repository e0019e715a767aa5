package io.headgate.host.command;

import io.headgate.host.authority.Authority;
import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.TargetException;
import io.headgate.host.authority.Verdict;
import io.headgate.plugin.OutputCommand;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rules a command must pass to be accepted: authority first, then the session, then the command's own form. */
final class CommandRules {

    static final int MAX_REASON_BYTES = 123;

    private final Supplier<Authority> authority;

    CommandRules(Supplier<Authority> authority) {
        this.authority = authority;
    }

    Verdict verdict(IssuedCommand issued, @Nullable SessionView session) {
        OutputCommand command = issued.command();
        if (command instanceof OutputCommand.ReportStatus) {
            return Verdict.ALLOWED;
        }
        if (session == null) {
            return Verdict.refused(
                    Rule.CONNECTION_NOT_DECLARED,
                    "the manifest declares no connection of that name",
                    "declare it in the manifest and grant it, or correct the name");
        }
        if (command instanceof OutputCommand.SendText send) {
            return send(send, issued.textBytes(), session);
        }
        if (command instanceof OutputCommand.Close close) {
            return close(close, session);
        }
        return command instanceof OutputCommand.Open open ? open(open, session) : reconnect(command, session);
    }

    private Verdict send(OutputCommand.SendText send, int size, SessionView session) {
        Optional<Target> target = session.target();
        if (target.isEmpty()) {
            return notOpen(session);
        }
        Verdict granted = authority.get().send(session.connection(), target.get());
        return granted instanceof Verdict.Refused
                ? granted
                : firstRefusal(open(send, session), Utf8.verdict(size, session.maxMessageBytes()));
    }

    /** A reason is a text of the plugin's that leaves; without one a session is closed by whoever may have it open. */
    private Verdict close(OutputCommand.Close close, SessionView session) {
        Optional<Target> target = session.target();
        Verdict granted = close.reason().isEmpty() || target.isEmpty()
                ? Verdict.ALLOWED
                : authority.get().send(session.connection(), target.get());
        return firstRefusal(granted, firstRefusal(form(close), open(close, session)));
    }

    private static Verdict form(OutputCommand.Close close) {
        int code = close.code();
        boolean codeMaySent = code == 1000 || code == 1001 || (code >= 3000 && code <= 4999);
        int size = Utf8.size(close.reason());
        return codeMaySent && size != Utf8.MALFORMED && size <= MAX_REASON_BYTES
                ? Verdict.ALLOWED
                : Verdict.refused(
                        Rule.CLOSE_MALFORMED,
                        "the code is " + code + " and the reason takes " + size + " bytes",
                        "use 1000, 1001 or 3000 to 4999, and at most " + MAX_REASON_BYTES + " bytes");
    }

    private Verdict reconnect(OutputCommand reconnect, SessionView session) {
        Optional<Target> target = session.target();
        if (target.isEmpty()) {
            return Verdict.refused(
                    Rule.TARGET_NOT_DECLARED,
                    "the manifest declares a pattern, and nothing was opened under it yet",
                    "use Open with a URI under the pattern");
        }
        return firstRefusal(authority.get().subscribe(session.connection(), target.get()), current(reconnect, session));
    }

    private Verdict open(OutputCommand.Open open, SessionView session) {
        try {
            return firstRefusal(
                    authority.get().subscribe(session.connection(), Target.parse(open.uri())), current(open, session));
        } catch (TargetException malformed) {
            return Verdict.refused(
                    Rule.URI_MALFORMED, String.valueOf(malformed.getMessage()), "open a plain ws or wss URI");
        }
    }

    private static Verdict open(OutputCommand command, SessionView session) {
        Verdict current = current(command, session);
        return current instanceof Verdict.Refused || session.isOpen() ? current : notOpen(session);
    }

    private static Verdict current(OutputCommand command, SessionView session) {
        return command.epoch() == OutputCommand.CURRENT_EPOCH || command.epoch() == session.epoch()
                ? Verdict.ALLOWED
                : stale(command.epoch(), session.epoch());
    }

    static Verdict stale(long named, long current) {
        return Verdict.refused(
                Rule.STALE_EPOCH,
                "the command is for session " + named + ", the current one is " + current,
                "answer the events of the current session");
    }

    static Verdict notOpen(SessionView session) {
        return Verdict.refused(
                Rule.SESSION_NOT_OPEN,
                "no session of " + session.connection() + " is open",
                "send after Opened and before Closed or Failed");
    }

    private static Verdict firstRefusal(Verdict first, Verdict second) {
        return first instanceof Verdict.Refused ? first : second;
    }
}
