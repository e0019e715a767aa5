package io.headgate.samples.quickstart;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.plugin.ServicePlugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All that the demo asks of Headgate's host. */
final class DemoHost {

    private static final Duration GRACE = Duration.ofSeconds(3);

    private final ReactorNettyDriver driver;
    private final PluginHost host;

    private DemoHost(ReactorNettyDriver driver, PluginHost host) {
        this.driver = driver;
        this.host = host;
    }

    static DemoHost of(String gateway, String embedded, ServicePlugin plugin) {
        String manifest =
                resource("/plugin.yaml").replace("${gateway}", gateway).replace("${embedded}", embedded);
        // The embedded gateway is on this machine; another one is wherever the operator said.
        String addresses = gateway.startsWith(embedded) ? "loopback" : "[public, private, loopback]";
        String grants = resource("/grants.yaml")
                .replace("${gateway}", gateway)
                .replace("${addresses}", addresses)
                .replace("${embedded}", embedded);
        ReactorNettyDriver driver = ReactorNettyDriver.create();
        PluginHost host = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", grants))
                .plugin(Manifest.parse("plugin.yaml", manifest), plugin)
                .build();
        return new DemoHost(driver, host);
    }

    Mono<Void> start() {
        return host.start();
    }

    Mono<Void> stop() {
        return host.stop(GRACE).then(driver.disposeLater());
    }

    Flux<Diagnostic> diagnostics() {
        return host.diagnostics();
    }

    ServiceStatus status() {
        return host.status().services().get(0);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(DemoHost.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("resource " + name + " could not be read", unreadable);
        }
    }
}
