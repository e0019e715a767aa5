package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.metrics.HostMetrics;
import io.headgate.host.recording.RecordingSettings;
import io.headgate.host.recording.Redaction;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.test.InMemoryDriver;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** The tables of docs/reference/metrics.md are what a registry is told. */
@Timeout(60)
final class MetricsPageTest {

    private static final String HEADER = "| meter | kind | unit | tags | says |";

    private static final Manifest MANIFEST = Manifest.parse("plugin.yaml", """
            version: 1
            id: p
            release: 1.0.0
            services:
              - name: s
                class: p.S
                connections:
                  - {name: c, target: "wss://example.com/", access: [subscribe]}
            """);

    private static List<String> row(Meter meter) {
        String tags = meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.joining(", "));
        return List.of(
                meter.getId().getName(),
                meter.getId().getType().name().toLowerCase(Locale.ROOT),
                Objects.requireNonNullElse(meter.getId().getBaseUnit(), ""),
                tags,
                Objects.requireNonNull(meter.getId().getDescription()));
    }

    @Test
    void listsEachMeter(@TempDir Path directory) {
        RecordingSettings recording =
                RecordingSettings.into(directory, Redaction.texts()).withConnection("p/s", "c");
        PluginHost host = PluginHost.builder()
                .driver(InMemoryDriver.on(Schedulers.parallel()))
                .grants(new GrantFile(List.of()))
                .settings(HostSettings.defaults().withRecording(recording))
                .plugin(MANIFEST, (events, context) -> Flux.empty())
                .build();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new HostMetrics(host).bindTo(registry);
        ReferencePage page = ReferencePage.read("metrics.md");

        assertThat(Stream.of("Of the host", "Of a service", "Of a connection", "Of commands", "Of a recording")
                        .flatMap(heading -> page.rows(heading, HEADER, 5).stream()))
                .containsExactlyInAnyOrderElementsOf(registry.getMeters().stream()
                        .map(MetricsPageTest::row)
                        .distinct()
                        .toList());
    }
}
