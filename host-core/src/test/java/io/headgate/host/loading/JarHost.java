package io.headgate.host.loading;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.LifeStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.PluginHostBuilder;
import io.headgate.host.service.StopReport;
import io.headgate.host.transport.test.InMemoryDriver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * A host on real threads with one plugin from a jar. What the plugin has to tell the test goes by way of the JDK, since nothing
 * else is seen by both: {@code NOTES} in the sources is a queue among the system properties.
 */
final class JarHost implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(30);
    /** For a source: tells the test something. */
    static final String NOTES = """
            @SuppressWarnings("unchecked")
            static void note(Object said) { ((Queue<Object>) System.getProperties().get("headgate.test.notes")).add(said); }
            @SuppressWarnings("unchecked")
            static <T> T given() { return (T) System.getProperties().get("headgate.test.given"); }
            """;

    final InMemoryDriver driver = InMemoryDriver.on(Schedulers.parallel());
    final Queue<Object> notes = new ConcurrentLinkedQueue<>();
    final PluginHost host;

    JarHost(PluginJar jar) {
        this(jar, JarKit.grants(jar) + "    restart: {first: 1ms, max: 1ms, attempts: 2}\n", builder -> builder);
    }

    JarHost(PluginJar jar, String grants, UnaryOperator<PluginHostBuilder> built) {
        System.getProperties().put("headgate.test.notes", notes);
        host = built.apply(PluginHost.builder()
                        .driver(driver)
                        .grants(GrantFile.parse("grants.yaml", grants))
                        .settings(HostSettings.defaults().withCloseTimeout(Duration.ofMillis(200)))
                        .jar(jar))
                .build();
    }

    /** What the plugin finds as {@code given()}. */
    static void give(Object given) {
        System.getProperties().put("headgate.test.given", given);
    }

    JarHost start() {
        host.start().block(SOON);
        return this;
    }

    JarHost until(ServiceState state) {
        return until(() -> life().state() == state);
    }

    JarHost untilNoted(Object said) {
        return until(() -> notes.contains(said));
    }

    JarHost until(BooleanSupplier condition) {
        Flux.interval(Duration.ZERO, Duration.ofMillis(5))
                .filter(look -> condition.getAsBoolean())
                .next()
                .timeout(SOON)
                .onErrorMap(late -> new AssertionError("notes " + notes + ", " + host.status(), late))
                .block();
        return this;
    }

    LifeStatus life() {
        return host.status().services().get(0).life();
    }

    /** The state of the one connection. */
    ConnectionState connection() {
        return host.status().services().get(0).connections().get(0).state();
    }

    StopReport stop() {
        return Objects.requireNonNull(host.stop(Duration.ZERO).block(SOON));
    }

    /** How the plugin's code is, when it is gone or the patience is over. */
    PluginUnload unload(Duration patience) {
        return Objects.requireNonNull(host.unloads(patience).block(SOON.plus(patience)))
                .get(0);
    }

    <T extends Diagnostic> List<T> told(Class<T> kind) {
        return host.history().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() {
        stop();
        System.getProperties().remove("headgate.test.notes");
        System.getProperties().remove("headgate.test.given");
    }
}
