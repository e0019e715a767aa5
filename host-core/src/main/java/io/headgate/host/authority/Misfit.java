package io.headgate.host.authority;

import io.headgate.host.ingress.OverflowPolicy;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A bound that is right by itself, and not together with the others: a text within its bound would never find room.
 *
 * @param what the bound, as files spell it
 * @param expected what it has to be
 * @param found what it is
 * @param remedy what can be done
 */
record Misfit(String what, String expected, long found, String remedy) {

    private static final Pattern KEY = Pattern.compile("(queue|message|connection)-(\\p{Lower})");
    private static final String KEPT = ", with overflow drop-oldest, which keeps one for the plugin";

    static Optional<Misfit> among(
            int queueEvents, long queueBytes, int messageBytes, OverflowPolicy overflow, int connectionShare) {
        boolean two = overflow == OverflowPolicy.DROP_OLDEST;
        boolean shared = connectionShare < Limits.WHOLE_QUEUE;
        long events = (long) queueEvents * connectionShare / Limits.WHOLE_QUEUE;
        long bytes = queueBytes * connectionShare / Limits.WHOLE_QUEUE;
        if (messageBytes > queueBytes) {
            return misfit("message-bytes", "at most queue-bytes, " + queueBytes + " bytes", messageBytes, "");
        }
        if (two && queueEvents < 2) {
            return misfit("queue-events", "at least 2 events" + KEPT, queueEvents, ": raise it");
        }
        if (two && events < 2) {
            String expected = "at least 2 of the " + queueEvents + " queue-events" + KEPT;
            return misfit("connection-share", expected, connectionShare, "%: raise one of them");
        }
        if (messageBytes > (two ? bytes / 2 : bytes)) {
            String expected = "at most " + (two ? "half of " : "")
                    + (shared ? "a connection's share of queue-bytes, " : "queue-bytes, ") + bytes + " bytes"
                    + (two ? KEPT : "");
            String remedy = ": lower it, or raise queue-bytes" + (shared ? " or connection-share" : "");
            return misfit("message-bytes", expected, messageBytes, remedy);
        }
        return Optional.empty();
    }

    private static Optional<Misfit> misfit(String what, String expected, long found, String remedy) {
        return Optional.of(new Misfit(what, expected, found, remedy));
    }

    /** The message about the keys of a file. */
    String ofKeys() {
        return "expected " + what + " to be " + expected + ", found " + found + remedy;
    }

    /** The message about the components of {@link Limits}. */
    String ofComponents() {
        return KEY.matcher(what + " must be " + expected + ", is " + found + remedy)
                .replaceAll(Misfit::camelCase);
    }

    private static String camelCase(MatchResult key) {
        return key.group(1) + Character.toUpperCase(key.group(2).charAt(0));
    }
}
