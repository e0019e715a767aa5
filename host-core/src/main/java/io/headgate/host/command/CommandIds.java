package io.headgate.host.command;

import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Verdict;
import io.headgate.host.diagnostics.Printable;
import io.headgate.plugin.OutputCommand;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The ids of undecided commands. The host's own begin with {@code #}, which a plugin's may not. */
final class CommandIds {

    static final int MAX_CHARACTERS = 64;
    private static final String HOSTS = "#";

    /** Bounded by the window of undecided commands. */
    private final Set<String> undecided = ConcurrentHashMap.newKeySet();

    private final AtomicLong last = new AtomicLong();

    /** Which id a command goes by, and whether the one it came with may be used. */
    record Taken(String id, Verdict verdict) {}

    Taken take(String wanted) {
        if (wanted.equals(OutputCommand.HOST_ASSIGNED_ID)) {
            return new Taken(next(), Verdict.ALLOWED);
        }
        if (!isWellFormed(wanted)) {
            return new Taken(
                    next(),
                    Verdict.refused(
                            Rule.ID_MALFORMED,
                            "the id has " + wanted.length()
                                    + " characters, or is blank, or begins or ends with a space, or begins with '#',"
                                    + " or cannot be printed as it is",
                            "use 1 to " + MAX_CHARACTERS + " printable characters, or leave the id to the host"));
        }
        if (!undecided.add(wanted)) {
            return new Taken(
                    next(),
                    Verdict.refused(
                            Rule.ID_IN_USE,
                            "another undecided command has the same id",
                            "wait for its outcome, or leave the id to the host"));
        }
        return new Taken(wanted, Verdict.ALLOWED);
    }

    /** An id goes into logs, diagnostics and JSON: it must stand there as it is, or two ids could look the same. */
    private static boolean isWellFormed(String wanted) {
        return wanted.length() <= MAX_CHARACTERS
                && !wanted.isBlank()
                && !wanted.startsWith(HOSTS)
                && !Character.isSpaceChar(wanted.codePointAt(0))
                && !Character.isSpaceChar(wanted.codePointBefore(wanted.length()))
                && Printable.text(wanted).equals(wanted);
    }

    void release(String id) {
        if (!id.startsWith(HOSTS)) {
            undecided.remove(id);
        }
    }

    private String next() {
        return HOSTS + last.incrementAndGet();
    }
}
