package io.headgate.host.service;

import io.headgate.host.exchange.ExchangeSettings;
import io.headgate.host.recording.RecordingSettings;
import io.headgate.host.transport.DialTimeouts;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the host sets for all services. Start from {@link #defaults()}.
 *
 * @param dial how long each stage of a dial may take; default {@link DialTimeouts#defaults()}
 * @param closeTimeout how long a Close frame may wait for the peer's answer, and how long code of a plugin's incarnation that
 *     has ended may take to return before it counts as a zombie; positive, at most 1 day; default 5 s
 * @param stalledAfter how long a plugin may take no event before its service counts as stalled, noticed within a tenth of
 *     it; 10 ms to 1 day; default 30 s
 * @param commands the bounds of each service's commands; default {@link CommandSettings#defaults()}
 * @param exchanges the bounds of each service's exchanges; default {@link ExchangeSettings#defaults()}
 * @param diagnosticsHistory how many diagnostics of one kind are kept for each service, and how many of all may wait for
 *     one slow subscriber, from 1; default 256
 * @param recording what is recorded, for tests that replay it; default nothing
 */
public record HostSettings(
        DialTimeouts dial,
        Duration closeTimeout,
        Duration stalledAfter,
        CommandSettings commands,
        ExchangeSettings exchanges,
        int diagnosticsHistory,
        Optional<RecordingSettings> recording) {

    static final Duration LONGEST = Duration.ofDays(1);
    private static final long MIN_STALLED_AFTER_MILLIS = 10;
    private static final HostSettings DEFAULTS = new HostSettings(
            DialTimeouts.defaults(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            CommandSettings.defaults(),
            ExchangeSettings.defaults(),
            256,
            Optional.empty());

    /** Checks the components. */
    public HostSettings {
        Objects.requireNonNull(dial, "dial");
        positive("closeTimeout", closeTimeout);
        positive("stalledAfter", stalledAfter);
        if (stalledAfter.toMillis() < MIN_STALLED_AFTER_MILLIS) {
            throw new IllegalArgumentException(
                    "stalledAfter must be at least " + MIN_STALLED_AFTER_MILLIS + " ms, is " + stalledAfter);
        }
        Objects.requireNonNull(commands, "commands");
        Objects.requireNonNull(exchanges, "exchanges");
        CommandSettings.atLeastOne("diagnosticsHistory", diagnosticsHistory);
        Objects.requireNonNull(recording, "recording");
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
     * With other bounds of a dial: {@code settings.withDial(dial -> dial.withTcp(Duration.ofSeconds(2)))}.
     *
     * @param change makes the new bounds from these
     * @return the new settings
     */
    public HostSettings withDial(UnaryOperator<DialTimeouts> change) {
        return new HostSettings(
                change.apply(dial), closeTimeout, stalledAfter, commands, exchanges, diagnosticsHistory, recording);
    }

    /**
     * With another close timeout.
     *
     * @param timeout how long a Close frame may wait for its answer; positive
     * @return the new settings
     */
    public HostSettings withCloseTimeout(Duration timeout) {
        return new HostSettings(dial, timeout, stalledAfter, commands, exchanges, diagnosticsHistory, recording);
    }

    /**
     * With another bound on not taking events.
     *
     * @param bound after how long a plugin counts as stalled; at least 10 ms
     * @return the new settings
     */
    public HostSettings withStalledAfter(Duration bound) {
        return new HostSettings(dial, closeTimeout, bound, commands, exchanges, diagnosticsHistory, recording);
    }

    /**
     * With other bounds of commands: {@code settings.withCommands(commands -> commands.withUndecided(16))}.
     *
     * @param change makes the new bounds from these
     * @return the new settings
     */
    public HostSettings withCommands(UnaryOperator<CommandSettings> change) {
        return new HostSettings(
                dial, closeTimeout, stalledAfter, change.apply(commands), exchanges, diagnosticsHistory, recording);
    }

    /**
     * With other bounds of exchanges: {@code settings.withExchanges(exchanges -> exchanges.withAtOnce(1))}.
     *
     * @param change makes the new bounds from these
     * @return the new settings
     */
    public HostSettings withExchanges(UnaryOperator<ExchangeSettings> change) {
        return new HostSettings(
                dial, closeTimeout, stalledAfter, commands, change.apply(exchanges), diagnosticsHistory, recording);
    }

    /**
     * With another length of the diagnostics' history.
     *
     * @param diagnostics see {@link #diagnosticsHistory()}
     * @return the new settings
     */
    public HostSettings withDiagnosticsHistory(int diagnostics) {
        return new HostSettings(dial, closeTimeout, stalledAfter, commands, exchanges, diagnostics, recording);
    }

    /**
     * With a recording. The folders are made as the host is built.
     *
     * @param recorded what, where, and what is left out
     * @return the new settings
     */
    public HostSettings withRecording(RecordingSettings recorded) {
        return new HostSettings(
                dial, closeTimeout, stalledAfter, commands, exchanges, diagnosticsHistory, Optional.of(recorded));
    }

    private static void positive(String what, Duration value) {
        Objects.requireNonNull(value, what);
        if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " must be positive and at most 1 day, is " + value);
        }
    }
}
