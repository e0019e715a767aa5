package io.headgate.samples.standalone;

import io.headgate.host.ConfigurationException;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.loading.PluginJar;
import io.headgate.host.metrics.HostMetrics;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.PluginHostBuilder;
import io.headgate.host.service.StopReport;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.samples.standalone.http.OperatorHttp;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;

/** A driver, a host and what tells of it, from their start to their end. */
final class StandaloneHost {

    private static final Logger LOG = LoggerFactory.getLogger("headgate");
    private static final Duration HTTP_END = Duration.ofSeconds(2);

    private final Settings settings;
    private final Path grants;
    private final ReactorNettyDriver driver;
    private final PluginHost host;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final OperatorHttp http;

    private StandaloneHost(Settings settings, Path grants, ReactorNettyDriver driver, PluginHost host) {
        this.settings = settings;
        this.grants = grants;
        this.driver = driver;
        this.host = host;
        long now = Schedulers.parallel().now(TimeUnit.MILLISECONDS);
        this.http = new OperatorHttp(settings.http(), host, settings.health(), registry, now);
    }

    /**
     * Makes a host, and runs nothing.
     *
     * @throws ConfigurationException with all that is wrong with a file
     * @throws IllegalArgumentException when settings and grants do not go together
     */
    static StandaloneHost of(List<PluginJar> jars, Path grants, Settings settings) {
        ReactorNettyDriver driver = ReactorNettyDriver.create(settings.webSocket());
        PluginHostBuilder builder = PluginHost.builder().driver(driver).settings(settings.host());
        settings.watchGrants()
                .ifPresentOrElse(
                        every -> builder.watchedGrants(grants, every), () -> builder.grants(GrantFile.read(grants)));
        jars.forEach(builder::jar);
        return new StandaloneHost(settings, grants, driver, builder.build());
    }

    /** Listens, then starts the services; completes when both are done, fails where the port is taken. */
    Mono<DisposableServer> start() {
        return http.listen()
                .doOnNext(server -> LOG.info(
                        "status, metrics and diagnostics on http://{}:{}",
                        settings.http().address(),
                        server.port()))
                .doOnNext(server -> measure())
                .flatMap(server -> host.start().thenReturn(server));
    }

    private void measure() {
        new HostMetrics(host, settings.health()).bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collector.bindTo(registry);
        host.diagnostics().subscribe(DiagnosticLogger::log);
    }

    /** Reads the grants again. What cannot be used changes nothing. */
    Mono<Void> reload() {
        return Mono.fromCallable(() -> GrantFile.read(grants))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(host::grants)
                .doOnSuccess(done -> LOG.info("the grants were read again: {}", grants))
                .onErrorResume(
                        ConfigurationException.class,
                        unusable -> Mono.fromRunnable(() -> unusable.problems()
                                .forEach(problem -> LOG.error("the grants stay as they were: {}", problem))))
                .onErrorResume(failure -> Mono.fromRunnable(
                        () -> LOG.error("the grants could not be taken over, send SIGHUP again", failure)));
    }

    /** Who listens to it for longer than that is not waited for. */
    private static Mono<Void> closed(DisposableServer server) {
        return Mono.fromRunnable(server::dispose).then(server.onDispose()).timeout(HTTP_END, Mono.empty());
    }

    /** Stops the services, with the grace for their plugins, then the rest. */
    Mono<StopReport> stop(DisposableServer server) {
        return host.stop(settings.grace())
                .delayUntil(report -> driver.disposeLater())
                .delayUntil(report -> closed(server))
                .doFinally(signal -> {
                    collector.close();
                    registry.close();
                    http.dispose();
                });
    }
}
