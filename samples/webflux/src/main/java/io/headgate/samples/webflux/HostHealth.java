package io.headgate.samples.webflux;

import io.headgate.host.health.HealthReport;
import io.headgate.host.health.HealthRule;
import io.headgate.host.health.Readiness;
import io.headgate.host.service.PluginHost;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

/** What the host's {@linkplain HealthRule rule} makes of its status, for Spring's probes. */
final class HostHealth implements ReactiveHealthIndicator {

    /** It does a part of its work: a probe succeeds, and somebody should look at it. */
    static final Status DEGRADED = new Status("DEGRADED");

    private static final Map<Readiness, Status> STATUSES = Map.of(
            Readiness.READY, Status.UP,
            Readiness.DEGRADED, DEGRADED,
            Readiness.NOT_READY, Status.OUT_OF_SERVICE);

    private final PluginHost host;

    HostHealth(PluginHost host) {
        this.host = host;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> health(HealthRule.defaults().of(host.status())));
    }

    private static Health health(HealthReport report) {
        return Health.status(STATUSES.getOrDefault(report.readiness(), Status.UNKNOWN))
                .withDetail("findings", report.findings())
                .build();
    }
}
