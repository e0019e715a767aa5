package io.headgate.host.service;

import java.time.Duration;
import java.util.Objects;

/**
 * What the host sets for all services. Start from {@link #defaults()}.
 *
 * @param handshakeTimeout how long a dial may take, to the 101 answer; positive; default 10 s
 * @param closeTimeout how long a Close frame may wait for the peer's answer; positive; default 5 s
 * @param undecidedCommands how many commands of one service may be undecided at once, from 1; default 256
 * @param mailboxCommands how many commands may wait to be written on one session, from 1; default 256
 * @param mailboxBytes how many bytes of UTF-8 they may hold together, from 1, and no less than the largest message that a
 *     grant allows; default 4 MiB
 * @param diagnosticsHistory how many diagnostics are kept, from 1; default 1,000
 */
public record HostSettings(
        Duration handshakeTimeout,
        Duration closeTimeout,
        int undecidedCommands,
        int mailboxCommands,
        long mailboxBytes,
        int diagnosticsHistory) {

    private static final HostSettings DEFAULTS =
            new HostSettings(Duration.ofSeconds(10), Duration.ofSeconds(5), 256, 256, 4L << 20, 1_000);

    /** Checks the components. */
    public HostSettings {
        positive("handshakeTimeout", handshakeTimeout);
        positive("closeTimeout", closeTimeout);
        atLeastOne("undecidedCommands", undecidedCommands);
        atLeastOne("mailboxCommands", mailboxCommands);
        atLeastOne("mailboxBytes", mailboxBytes);
        atLeastOne("diagnosticsHistory", diagnosticsHistory);
    }

    /**
     * The defaults.
     *
     * @return each component's default
     */
    public static HostSettings defaults() {
        return DEFAULTS;
    }

    /**
     * With another handshake timeout.
     *
     * @param timeout how long a dial may take; positive
     * @return the new settings
     */
    public HostSettings withHandshakeTimeout(Duration timeout) {
        return new HostSettings(
                timeout, closeTimeout, undecidedCommands, mailboxCommands, mailboxBytes, diagnosticsHistory);
    }

    /**
     * With another close timeout.
     *
     * @param timeout how long a Close frame may wait for its answer; positive
     * @return the new settings
     */
    public HostSettings withCloseTimeout(Duration timeout) {
        return new HostSettings(
                handshakeTimeout, timeout, undecidedCommands, mailboxCommands, mailboxBytes, diagnosticsHistory);
    }

    /**
     * With another window of undecided commands.
     *
     * @param commands how many, from 1
     * @return the new settings
     */
    public HostSettings withUndecidedCommands(int commands) {
        return new HostSettings(
                handshakeTimeout, closeTimeout, commands, mailboxCommands, mailboxBytes, diagnosticsHistory);
    }

    /**
     * With another mailbox.
     *
     * @param commands how many commands may wait, from 1
     * @param bytes how many bytes they may hold, from 1
     * @return the new settings
     */
    public HostSettings withMailbox(int commands, long bytes) {
        return new HostSettings(handshakeTimeout, closeTimeout, undecidedCommands, commands, bytes, diagnosticsHistory);
    }

    /**
     * With another length of the diagnostics' history.
     *
     * @param diagnostics how many are kept, from 1
     * @return the new settings
     */
    public HostSettings withDiagnosticsHistory(int diagnostics) {
        return new HostSettings(
                handshakeTimeout, closeTimeout, undecidedCommands, mailboxCommands, mailboxBytes, diagnostics);
    }

    private static void positive(String what, Duration value) {
        Objects.requireNonNull(value, what);
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(what + " must be positive, is " + value);
        }
    }

    private static void atLeastOne(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, is " + value);
        }
    }
}
