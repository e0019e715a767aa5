package io.headgate.host.service;

import java.time.Duration;
import java.util.Objects;

/**
 * What the host sets for all services. Start from {@link #defaults()}.
 *
 * @param handshakeTimeout how long a dial may take, to the 101 answer; positive; default 10 s
 * @param closeTimeout how long a Close frame may wait for the peer's answer, and how long code of a plugin's incarnation that
 *     has ended may take to return before it counts as a zombie; positive; default 5 s
 * @param stalledAfter how long a plugin may take no event before its service counts as stalled, noticed within a tenth of
 *     it; at least 10 ms; default 30 s
 * @param undecidedCommands how many commands of one service may be undecided at once, from 1; default 256
 * @param mailboxCommands how many commands may wait to be written on one session, from 1; default 256
 * @param mailboxBytes how many bytes of UTF-8 they may hold together, from 1, and no less than the largest message that a
 *     grant allows; default 4 MiB
 * @param diagnosticsHistory how many diagnostics of one kind are kept for each service, and how many of all may wait for
 *     one slow subscriber, from 1; default 256
 */
public record HostSettings(
        Duration handshakeTimeout,
        Duration closeTimeout,
        Duration stalledAfter,
        int undecidedCommands,
        int mailboxCommands,
        long mailboxBytes,
        int diagnosticsHistory) {

    private static final long MIN_STALLED_AFTER_MILLIS = 10;
    private static final HostSettings DEFAULTS = new HostSettings(
            Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(30), 256, 256, 4L << 20, 256);

    /** Checks the components. */
    public HostSettings {
        positive("handshakeTimeout", handshakeTimeout);
        positive("closeTimeout", closeTimeout);
        positive("stalledAfter", stalledAfter);
        if (stalledAfter.toMillis() < MIN_STALLED_AFTER_MILLIS) {
            throw new IllegalArgumentException(
                    "stalledAfter must be at least " + MIN_STALLED_AFTER_MILLIS + " ms, is " + stalledAfter);
        }
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
                timeout,
                closeTimeout,
                stalledAfter,
                undecidedCommands,
                mailboxCommands,
                mailboxBytes,
                diagnosticsHistory);
    }

    /**
     * With another close timeout.
     *
     * @param timeout how long a Close frame may wait for its answer; positive
     * @return the new settings
     */
    public HostSettings withCloseTimeout(Duration timeout) {
        return new HostSettings(
                handshakeTimeout,
                timeout,
                stalledAfter,
                undecidedCommands,
                mailboxCommands,
                mailboxBytes,
                diagnosticsHistory);
    }

    /**
     * With another bound on not taking events.
     *
     * @param bound after how long a plugin counts as stalled; at least 10 ms
     * @return the new settings
     */
    public HostSettings withStalledAfter(Duration bound) {
        return new HostSettings(
                handshakeTimeout,
                closeTimeout,
                bound,
                undecidedCommands,
                mailboxCommands,
                mailboxBytes,
                diagnosticsHistory);
    }

    /**
     * With another window of undecided commands.
     *
     * @param commands how many, from 1
     * @return the new settings
     */
    public HostSettings withUndecidedCommands(int commands) {
        return new HostSettings(
                handshakeTimeout,
                closeTimeout,
                stalledAfter,
                commands,
                mailboxCommands,
                mailboxBytes,
                diagnosticsHistory);
    }

    /**
     * With another mailbox.
     *
     * @param commands how many commands may wait, from 1
     * @param bytes how many bytes they may hold, from 1
     * @return the new settings
     */
    public HostSettings withMailbox(int commands, long bytes) {
        return new HostSettings(
                handshakeTimeout, closeTimeout, stalledAfter, undecidedCommands, commands, bytes, diagnosticsHistory);
    }

    /**
     * With another length of the diagnostics' history.
     *
     * @param diagnostics see {@link #diagnosticsHistory()}
     * @return the new settings
     */
    public HostSettings withDiagnosticsHistory(int diagnostics) {
        return new HostSettings(
                handshakeTimeout,
                closeTimeout,
                stalledAfter,
                undecidedCommands,
                mailboxCommands,
                mailboxBytes,
                diagnostics);
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
