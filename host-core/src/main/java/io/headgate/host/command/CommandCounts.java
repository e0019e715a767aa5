package io.headgate.host.command;

/**
 * What became of the commands of a connection or service. At quiescence
 * {@code issued = sent + done + denied + rejected + failed}, and nothing is in flight.
 *
 * @param issued received by the host
 * @param sent the kernel accepted the frame's last byte
 * @param done a {@code Close}, {@code Open}, {@code Reconnect} or {@code ReportStatus} was carried out
 * @param denied authority refused it; it never reached the transport
 * @param rejected another rule refused it; it never reached the transport
 * @param failed handed over, and may have left
 * @param inFlight in the mailbox, or handed over and undecided
 * @param sentBytes the size of what was sent, in bytes of UTF-8
 */
public record CommandCounts(
        long issued, long sent, long done, long denied, long rejected, long failed, long inFlight, long sentBytes) {

    /** Nothing has happened. */
    public static final CommandCounts ZERO = new CommandCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * The sum of both.
     *
     * @param other the other counts
     * @return the sum, term by term
     */
    public CommandCounts plus(CommandCounts other) {
        return new CommandCounts(
                issued + other.issued,
                sent + other.sent,
                done + other.done,
                denied + other.denied,
                rejected + other.rejected,
                failed + other.failed,
                inFlight + other.inFlight,
                sentBytes + other.sentBytes);
    }

    /**
     * Whether every command is accounted for. Certain at quiescence; while commands are being decided the terms are read one
     * after another.
     *
     * @return whether the law above holds, with what is in flight
     */
    public boolean conserved() {
        return issued == sent + done + denied + rejected + failed + inFlight;
    }
}
