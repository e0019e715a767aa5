package io.headgate.host.metrics;

import static io.headgate.host.metrics.StatusMeter.counter;
import static io.headgate.host.metrics.StatusMeter.oneIf;

import io.headgate.host.health.HealthCause;
import io.headgate.host.health.HealthRule;
import io.headgate.host.health.Readiness;
import io.headgate.host.service.HostStatus;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What is measured of the host as a whole. */
final class HostMeters {

    private HostMeters() {}

    static List<StatusMeter<HostStatus>> of(HealthRule rule) {
        Stream<StatusMeter<HostStatus>> readiness = Arrays.stream(Readiness.values())
                .map(level -> StatusMeter.<HostStatus>gauge(
                                "headgate.readiness",
                                "1 for how ready the host is, 0 for the others",
                                status -> oneIf(rule.of(status).readiness() == level))
                        .with("readiness", level.wireName()));
        Stream<StatusMeter<HostStatus>> findings = Arrays.stream(HealthCause.values())
                .map(cause -> StatusMeter.<HostStatus>gauge(
                                "headgate.findings",
                                "what keeps the host from being ready, by its cause",
                                status -> rule.of(status).findings().stream()
                                        .filter(finding -> finding.cause() == cause)
                                        .count())
                        .with("cause", cause.wireName()));
        Stream<StatusMeter<HostStatus>> diagnostics = Stream.of(
                counter(
                        "headgate.diagnostics.forgotten",
                        "diagnostics that the bounded history has let go",
                        HostStatus::diagnosticsForgotten),
                counter(
                        "headgate.diagnostics.lost",
                        "diagnostics that slow subscribers lost",
                        HostStatus::diagnosticsLost));
        return Stream.of(readiness, findings, diagnostics)
                .flatMap(meters -> meters)
                .toList();
    }
}
