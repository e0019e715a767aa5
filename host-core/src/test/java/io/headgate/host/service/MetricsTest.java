package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.command.CommandCounts;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.metrics.HostMetrics;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.OutputCommand;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The meters say what the ledger says: R7. */
final class MetricsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    /** A host that has dropped, sent, refused and denied. */
    private static HostFixture busy() {
        HostFixture fixture = new HostFixture();
        fixture.taking = events -> events.delayElements(Duration.ofHours(1), fixture.time);
        InMemoryPeer peer = fixture.chat();
        for (int text = 0; text < 10; text++) {
            peer.text("text " + text);
        }
        fixture.issue(OutputCommand.sendText("chat", "hello"));
        fixture.issue(OutputCommand.sendText("feed", "denied"));
        fixture.issue(OutputCommand.sendText("nowhere", "not declared"));
        return fixture;
    }

    private long sum(String meter, String... tags) {
        return Math.round(registry.find(meter).tags(tags).meters().stream()
                .mapToDouble(MetricsTest::value)
                .sum());
    }

    private static double value(Meter meter) {
        return meter instanceof FunctionCounter counter ? counter.count() : ((Gauge) meter).value();
    }

    @Test
    void textsAreThoseOfTheLedger() {
        try (HostFixture fixture = busy()) {
            new HostMetrics(fixture.host).bindTo(registry);
            EventCounts ledger = fixture.connection("chat").events();

            assertThat(ledger.dropped().events()).isPositive();
            assertThat(sum("headgate.texts.received", "connection", "chat")).isEqualTo(10);
            assertThat(sum("headgate.texts.dropped", "connection", "chat"))
                    .isEqualTo(ledger.dropped().events());
            assertThat(sum("headgate.dropped", "connection", "chat", "reason", "queue-events"))
                    .isEqualTo(ledger.dropped().bytes());
            assertThat(sum("headgate.texts.received"))
                    .isEqualTo(sum("headgate.texts.delivered")
                            + sum("headgate.texts.dropped")
                            + sum("headgate.texts.discarded")
                            + sum("headgate.texts.queued"));
        }
    }

    @Test
    @DisplayName("commands for a connection that is not declared are under a name that none can have")
    void commandsAreThoseOfTheLedger() {
        try (HostFixture fixture = busy()) {
            new HostMetrics(fixture.host).bindTo(registry);
            CommandCounts ledger = fixture.commandCounts();

            assertThat(sum("headgate.commands.issued"))
                    .isEqualTo(ledger.issued())
                    .isEqualTo(3);
            assertThat(sum("headgate.commands.decided", "result", "denied")).isEqualTo(ledger.denied());
            assertThat(sum("headgate.commands.decided", "connection", "(none)")).isEqualTo(1);
            assertThat(sum("headgate.commands.refused")).isEqualTo(ledger.denied() + ledger.rejected());
            assertThat(sum("headgate.commands.refused", "rule", "send-not-granted"))
                    .isEqualTo(1);
            assertThat(sum("headgate.sent")).isEqualTo(ledger.sentBytes()).isEqualTo(5);
        }
    }

    @Test
    void statesAreOneOfEach() {
        try (HostFixture fixture = busy()) {
            new HostMetrics(fixture.host).bindTo(registry);

            assertThat(sum("headgate.service.state", "state", "running")).isEqualTo(1);
            assertThat(sum("headgate.service.state")).isEqualTo(1);
            assertThat(sum("headgate.connections", "state", "open")).isEqualTo(1);
            assertThat(sum("headgate.connections")).isEqualTo(4);
            assertThat(sum("headgate.connection.open", "connection", "chat")).isEqualTo(1);
            assertThat(sum("headgate.connection.open")).isEqualTo(1);
            assertThat(sum("headgate.readiness", "readiness", "degraded")).isEqualTo(1);
            assertThat(sum("headgate.findings", "cause", "denied")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("no tag is anything but a name of the manifest or of a constant")
    void tagsAreBounded() {
        try (HostFixture fixture = busy()) {
            new HostMetrics(fixture.host).bindTo(registry);
            int meters = registry.getMeters().size();
            fixture.issue(OutputCommand.sendText("another", "not declared"));
            registry.getMeters().forEach(MetricsTest::value);

            assertThat(registry.getMeters()).hasSize(meters);
            assertThat(registry.getMeters().stream()
                            .flatMap(meter -> meter.getId().getTags().stream())
                            .map(Tag::getValue)
                            .collect(Collectors.toSet()))
                    .allMatch(value -> value.matches("[a-z.-]+|\\(none\\)"))
                    .doesNotContain("another");
        }
    }
}
