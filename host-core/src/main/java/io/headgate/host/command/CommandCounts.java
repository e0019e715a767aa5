package io.headgate.host.command;

import io.headgate.host.authority.Rule;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of the commands of a connection or service, at one moment. In every snapshot of a {@link CommandLedger}
 * {@code issued = sent + done + denied + rejected + failed + inFlight}, and the refusals by rule add up to
 * {@code denied + rejected}; at quiescence nothing is in flight.
 *
 * @param issued received by the host
 * @param sent the kernel accepted the frame's last byte
 * @param done a {@code Close}, {@code Open}, {@code Reconnect} or {@code ReportStatus} was carried out
 * @param denied authority refused it; it never reached the transport
 * @param rejected another rule refused it; it never reached the transport
 * @param failed handed over, and may have left
 * @param inFlight in the mailbox, or handed over and undecided
 * @param sentBytes the size of what was sent, in bytes of UTF-8
 * @param refusedBy how many of the denied and the rejected each rule refused; rules that refused none are left out;
 *     unmodifiable, in the order of {@link Rule}
 */
public record CommandCounts(
        long issued,
        long sent,
        long done,
        long denied,
        long rejected,
        long failed,
        long inFlight,
        long sentBytes,
        Map<Rule, Long> refusedBy) {

    /** Nothing has happened. */
    public static final CommandCounts ZERO = new CommandCounts(0, 0, 0, 0, 0, 0, 0, 0, Map.of());

    /** Copies the map. */
    public CommandCounts {
        EnumMap<Rule, Long> copy = new EnumMap<>(Rule.class);
        copy.putAll(refusedBy);
        refusedBy = Collections.unmodifiableMap(copy);
    }

    /**
     * The sum of both.
     *
     * @param other the other counts
     * @return the sum, term by term
     */
    public CommandCounts plus(CommandCounts other) {
        EnumMap<Rule, Long> refused = new EnumMap<>(Rule.class);
        refused.putAll(refusedBy);
        other.refusedBy.forEach((rule, count) -> refused.merge(rule, count, Long::sum));
        return new CommandCounts(
                issued + other.issued,
                sent + other.sent,
                done + other.done,
                denied + other.denied,
                rejected + other.rejected,
                failed + other.failed,
                inFlight + other.inFlight,
                sentBytes + other.sentBytes,
                refused);
    }

    /**
     * Whether every command is accounted for.
     *
     * @return whether both laws above hold
     */
    public boolean conserved() {
        long refused = refusedBy.values().stream().mapToLong(Long::longValue).sum();
        return issued == sent + done + denied + rejected + failed + inFlight && refused == denied + rejected;
    }
}
