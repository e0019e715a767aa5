package io.headgate.host.service;

import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What the host sets for all services. Start from {@link #defaults()}.
 *
 * @param handshakeTimeout how long a dial may take, to the 101 answer; positive; default 10 s
 * @param closeTimeout how long a Close frame may wait for the peer's answer; positive; default 5 s
 * @param commands the bounds of each service's commands; default {@link CommandSettings#defaults()}
 * @param diagnosticsHistory how many diagnostics are kept, from 1; default 1,000
 */
public record HostSettings(
        Duration handshakeTimeout, Duration closeTimeout, CommandSettings commands, int diagnosticsHistory) {

    private static final HostSettings DEFAULTS =
            new HostSettings(Duration.ofSeconds(10), Duration.ofSeconds(5), CommandSettings.defaults(), 1_000);

    /** Checks the components. */
    public HostSettings {
        positive("handshakeTimeout", handshakeTimeout);
        positive("closeTimeout", closeTimeout);
        Objects.requireNonNull(commands, "commands");
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
        return new HostSettings(timeout, closeTimeout, commands, diagnosticsHistory);
    }

    /**
     * With another close timeout.
     *
     * @param timeout how long a Close frame may wait for its answer; positive
     * @return the new settings
     */
    public HostSettings withCloseTimeout(Duration timeout) {
        return new HostSettings(handshakeTimeout, timeout, commands, diagnosticsHistory);
    }

    /**
     * With other bounds of commands: {@code settings.withCommands(commands -> commands.withUndecided(16))}.
     *
     * @param change makes the new bounds from these
     * @return the new settings
     */
    public HostSettings withCommands(UnaryOperator<CommandSettings> change) {
        return new HostSettings(handshakeTimeout, closeTimeout, change.apply(commands), diagnosticsHistory);
    }

    /**
     * With another length of the diagnostics' history.
     *
     * @param diagnostics how many are kept, from 1
     * @return the new settings
     */
    public HostSettings withDiagnosticsHistory(int diagnostics) {
        return new HostSettings(handshakeTimeout, closeTimeout, commands, diagnostics);
    }

    private static void positive(String what, Duration value) {
        Objects.requireNonNull(value, what);
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(what + " must be positive, is " + value);
        }
    }

    static void atLeastOne(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, is " + value);
        }
    }
}
