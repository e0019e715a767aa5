package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.exchange.ExchangeSettings;
import io.headgate.host.recording.RecordingSettings;
import io.headgate.host.recording.Redaction;
import io.headgate.host.transport.DialTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** R10: defaults, bounds, and what is said of a value out of bounds. */
@Timeout(30)
final class HostSettingsTest {

    private static final HostSettings DEFAULTS = HostSettings.defaults();

    @Test
    void the_defaults_are_those_that_are_documented() {
        assertThat(DEFAULTS)
                .isEqualTo(new HostSettings(
                        new DialTimeouts(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(10)),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        new CommandSettings(256, 256, 4_194_304, 256, Duration.ofSeconds(60)),
                        new ExchangeSettings(4, Duration.ofSeconds(60), 64, 4_194_304),
                        256,
                        Optional.empty()));
    }

    @Test
    void each_setting_changes_alone() {
        RecordingSettings recording = RecordingSettings.into(Path.of("r"), Redaction.texts());
        assertThat(DEFAULTS.withDial(dial -> dial.withName(Duration.ofMillis(8))
                                .withTcp(Duration.ofMillis(9))
                                .withProxy(Duration.ofMillis(10))
                                .withTls(Duration.ofMillis(11))
                                .withUpgrade(Duration.ofMillis(12)))
                        .withCloseTimeout(Duration.ofMillis(2))
                        .withCommands(commands -> commands.withUndecided(3)
                                .withMailbox(4, 5)
                                .withOutcomes(6)
                                .withBudgetWait(Duration.ofMillis(15)))
                        .withExchanges(exchanges -> exchanges
                                .withAtOnce(11)
                                .withLife(Duration.ofMillis(12))
                                .withTexts(13)
                                .withWaitingBytes(14))
                        .withDiagnosticsHistory(7)
                        .withStalledAfter(Duration.ofMillis(10))
                        .withRecording(recording))
                .isEqualTo(new HostSettings(
                        new DialTimeouts(
                                Duration.ofMillis(8),
                                Duration.ofMillis(9),
                                Duration.ofMillis(10),
                                Duration.ofMillis(11),
                                Duration.ofMillis(12)),
                        Duration.ofMillis(2),
                        Duration.ofMillis(10),
                        new CommandSettings(3, 4, 5, 6, Duration.ofMillis(15)),
                        new ExchangeSettings(11, Duration.ofMillis(12), 13, 14),
                        7,
                        Optional.of(recording)));
    }

    @Test
    void one_is_enough_and_less_is_refused_with_its_value() {
        assertThat(CommandSettings.defaults()
                        .withUndecided(1)
                        .withMailbox(1, 1)
                        .withOutcomes(1)
                        .withBudgetWait(Duration.ofMillis(1)))
                .isEqualTo(new CommandSettings(1, 1, 1, 1, Duration.ofMillis(1)));
        refused(commands -> commands.withUndecided(0), "undecided must be at least 1, is 0");
        refused(commands -> commands.withMailbox(0, 1), "mailboxCommands must be at least 1, is 0");
        refused(commands -> commands.withMailbox(1, -5), "mailboxBytes must be at least 1, is -5");
        refused(commands -> commands.withOutcomes(0), "outcomes must be at least 1, is 0");
        refused(
                commands -> commands.withBudgetWait(Duration.ZERO),
                "budgetWait must be positive and at most 1 day, is PT0S");
        refused(
                commands -> commands.withBudgetWait(Duration.ofDays(1).plusMillis(1)),
                "budgetWait must be positive and at most 1 day, is PT24H0.001S");
        assertThatThrownBy(() -> DEFAULTS.withDiagnosticsHistory(0))
                .hasMessage("diagnosticsHistory must be at least 1, is 0");
        assertThatThrownBy(() -> DEFAULTS.withCloseTimeout(Duration.ZERO))
                .hasMessage("closeTimeout must be positive and at most 1 day, is PT0S");
        assertThatThrownBy(() -> DEFAULTS.withStalledAfter(Duration.ofMillis(9)))
                .hasMessage("stalledAfter must be at least 10 ms, is PT0.009S");
        assertThatThrownBy(() -> DEFAULTS.withDial(dial -> dial.withTls(Duration.ofMillis(-1))))
                .hasMessage("tls must be positive and at most 1 day, is PT-0.001S");
    }

    private static void refused(UnaryOperator<CommandSettings> change, String message) {
        assertThatThrownBy(() -> DEFAULTS.withCommands(change))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
