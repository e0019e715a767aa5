package io.headgate.samples.webflux;

import io.headgate.host.authority.Manifest;
import io.headgate.host.metrics.HostMetrics;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.PluginHost;
import io.headgate.host.ws.ReactorNettyDriver;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.time.Duration;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.Resource;
import reactor.core.scheduler.Schedulers;

/** The host as a bean, and what goes with it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LifecycleProperties.class)
class HostConfiguration {

    /** What a stop may take beyond the grace and the close timeout, as {@link PluginHost#stop} says. */
    private static final Duration CUT_OFF = Duration.ofSeconds(1);

    @Bean
    ReactorNettyDriver driver() {
        return ReactorNettyDriver.create();
    }

    @Bean
    HostSettings hostSettings(HeadgateProperties properties) {
        HeadgateProperties.Messages messages = properties.messages();
        // As many outcomes as there may be calls: none is lost, so each call is told.
        return HostSettings.defaults()
                .withCommands(commands -> commands.withUndecided(messages.atOnce())
                        .withOutcomes(messages.atOnce())
                        .withBudgetWait(messages.budgetWait()));
    }

    @Bean
    PluginHost pluginHost(ReactorNettyDriver driver, HostSettings settings, HeadgateProperties properties, Relay relay)
            throws IOException {
        Resource manifest = properties.manifest();
        return PluginHost.builder()
                .driver(driver)
                .settings(settings)
                .watchedGrants(properties.grants(), properties.watchGrants())
                .plugin(Manifest.parse(manifest.getDescription(), manifest.getContentAsByteArray()), relay)
                .build();
    }

    @Bean
    HostLifecycle hostLifecycle(
            PluginHost host,
            ReactorNettyDriver driver,
            HostSettings settings,
            HeadgateProperties properties,
            LifecycleProperties lifecycle) {
        Duration longest = properties.stopGrace().plus(settings.closeTimeout()).plus(CUT_OFF);
        Duration phase = lifecycle.getTimeoutPerShutdownPhase();
        if (longest.compareTo(phase) > 0) {
            throw new IllegalArgumentException("stopping the host may take " + longest.toMillis()
                    + " ms, Spring waits " + phase.toMillis()
                    + " ms: lower headgate.stop-grace, or raise spring.lifecycle.timeout-per-shutdown-phase");
        }
        return new HostLifecycle(host, driver, properties.stopGrace());
    }

    @Bean
    Relay relay(Audience audience, Calls calls, ObservationRegistry observations) {
        return new Relay(audience, calls, observations);
    }

    @Bean
    Audience audience(HeadgateProperties properties) {
        HeadgateProperties.Events events = properties.events();
        return new Audience(events.streams(), events.buffer(), Schedulers.parallel());
    }

    @Bean
    Calls calls(HeadgateProperties properties, ObservationRegistry observations) {
        return new Calls(properties.messages().atOnce(), observations, Schedulers.parallel());
    }

    @Bean
    HostMetrics hostMetrics(PluginHost host) {
        return new HostMetrics(host);
    }

    @Bean
    RelayMetrics relayMetrics(Audience audience, Calls calls) {
        return new RelayMetrics(audience, calls);
    }

    @Bean
    HostHealth headgateHealthIndicator(PluginHost host) {
        return new HostHealth(host);
    }

    /** Told before anything stops: a stream that nobody ends would hold up the web server for the whole phase. */
    @Bean
    StreamsEnd streamsEnd(Audience audience) {
        return new StreamsEnd(audience);
    }

    record StreamsEnd(Audience audience) {

        @EventListener(ContextClosedEvent.class)
        void end() {
            audience.close();
        }
    }
}
