package io.headgate.host.metrics;

import io.headgate.host.health.HealthRule;
import io.headgate.host.service.PluginHost;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;

/**
 * Tells a Micrometer registry what the {@linkplain PluginHost#status() status} says, with the names that docs/reference/metrics.md lists:
 * {@code new HostMetrics(host).bindTo(registry)}. Nothing is counted twice: a meter is a number of the status, read when the registry
 * asks, and all that are read within a second are of one status, so that they agree with each other as its numbers do.
 *
 * <p>Tags are names from manifests, and names of constants: no target, no text, nothing that a peer or a plugin says. So their
 * number is fixed when the host is built, some 40 meters for each connection.
 *
 * <p>Needs {@code io.micrometer:micrometer-core}, which is optional.
 */
public final class HostMetrics implements MeterBinder {

    private static final Duration VALID_FOR = Duration.ofSeconds(1);

    private final PluginHost host;
    private final HealthRule rule;

    /**
     * Makes a binder with the {@linkplain HealthRule#defaults() default} rule.
     *
     * @param host what is measured; kept by the registry for as long as its meters are
     */
    public HostMetrics(PluginHost host) {
        this(host, HealthRule.defaults());
    }

    /**
     * Makes a binder.
     *
     * @param host what is measured; kept by the registry for as long as its meters are
     * @param rule how ready it is
     */
    public HostMetrics(PluginHost host, HealthRule rule) {
        this.host = host;
        this.rule = rule;
    }

    /**
     * Registers the meters.
     *
     * @param registry where; any kind, also one that pushes. Its clock says when a second is over
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        new StatusMeters(
                        registry,
                        new LatestStatus(
                                host::status, VALID_FOR, registry.config().clock()::monotonicTime))
                .register(rule);
    }
}
