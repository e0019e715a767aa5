package io.headgate.samples.standalone.page;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.health.HealthRule;
import io.headgate.host.metrics.HostMetrics;
import io.headgate.host.service.HostStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.PluginHostBuilder;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.plugin.ServicePlugin;
import io.headgate.samples.standalone.http.HttpOptions;
import io.headgate.samples.standalone.http.OperatorHttp;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;

/** A real host with its HTTP on a free port, which runs. */
final class WatchedHost implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ReactorNettyDriver driver = ReactorNettyDriver.create();
    private final PluginHost host;
    private final OperatorHttp http;
    private final DisposableServer server;

    private WatchedHost(String manifest, String grants, ServicePlugin plugin, Optional<String> token) {
        Manifest read = Manifest.parse("plugin.yaml", manifest);
        Map<String, ServicePlugin> services = new LinkedHashMap<>();
        read.services().forEach(service -> services.put(service.name(), plugin));
        PluginHostBuilder builder = PluginHost.builder().driver(driver).grants(GrantFile.parse("grants.yaml", grants));
        this.host = builder.plugin(read, services).build();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new HostMetrics(host).bindTo(registry);
        this.http =
                new OperatorHttp(new HttpOptions("127.0.0.1", 0, token), host, HealthRule.defaults(), registry, 1_000);
        this.server = Objects.requireNonNull(http.listen().block(LIMIT));
    }

    /** One whose services are all the same plugin. */
    static WatchedHost start(String manifest, String grants, ServicePlugin plugin) {
        return start(manifest, grants, plugin, Optional.empty());
    }

    static WatchedHost start(String manifest, String grants, ServicePlugin plugin, Optional<String> token) {
        WatchedHost watched = new WatchedHost(manifest, grants, plugin, token);
        watched.host.start().block(LIMIT);
        return watched;
    }

    String url() {
        return "http://127.0.0.1:" + server.port() + "/";
    }

    HostStatus status() {
        return host.status();
    }

    @Override
    public void close() {
        host.stop(Duration.ZERO).then(Mono.defer(driver::disposeLater)).block(LIMIT);
        server.disposeNow(LIMIT);
        http.dispose();
    }
}
