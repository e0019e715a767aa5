package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.command.CommandCounts;
import io.headgate.host.command.TokenWait;
import io.headgate.host.diagnostics.Printable;
import io.headgate.host.exchange.ExchangeCounts;
import io.headgate.host.ingress.ControlCounts;
import io.headgate.host.ingress.DiscardReason;
import io.headgate.host.ingress.DropReason;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.ingress.Held;
import io.headgate.host.ingress.Tally;
import io.headgate.host.recording.RecordingStatus;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.FrameCounts;
import io.headgate.host.service.HeldEvent;
import io.headgate.host.service.HoldStatus;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.HostStatus;
import io.headgate.host.service.LifeStatus;
import io.headgate.host.service.PingStatus;
import io.headgate.host.service.PluginCounts;
import io.headgate.host.service.QueueBound;
import io.headgate.host.service.ReportedHealth;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.transport.Unread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of docs/reference/status-and-diagnostics.md are the code's; {@link DiagnosticsPageTest} has the diagnostics. */
@Timeout(60)
final class StatusPageTest {

    private final ReferencePage page = ReferencePage.read("status-and-diagnostics.md");

    @ParameterizedTest
    @ValueSource(
            classes = {
                HostStatus.class,
                RecordingStatus.class,
                ServiceStatus.class,
                LifeStatus.class,
                HeldEvent.class,
                ReportedHealth.class,
                QueueBound.class,
                PluginCounts.class,
                ConnectionStatus.class,
                PingStatus.class,
                HoldStatus.class,
                TokenWait.class,
                Held.class,
                Unread.class,
                EventCounts.class,
                Tally.class,
                ControlCounts.class,
                CommandCounts.class,
                FrameCounts.class,
                ExchangeCounts.class
            })
    void listsEveryField(Class<?> status) {
        assertThat(page.rows(status.getSimpleName(), "| field | type | unit | holds |", 2))
                .isEqualTo(Declared.components(status));
    }

    @Test
    void listsTheReasonsOfDrops() {
        assertThat(page.column("EventCounts", "| `DropReason` | the bound that bit | what to do |", 0))
                .isEqualTo(Declared.constants(DropReason.class));
    }

    @Test
    void listsTheReasonsOfDiscards() {
        assertThat(page.column("EventCounts", "| `DiscardReason` | why |", 0))
                .isEqualTo(Declared.constants(DiscardReason.class));
    }

    @Test
    void statesTheBounds() {
        assertThat(page.text())
                .contains("keeps the last " + HostSettings.defaults().diagnosticsHistory() + " of each kind")
                .contains("at " + Printable.MAX_CHARACTERS + " characters (`Printable.MAX_CHARACTERS`)");
    }
}
