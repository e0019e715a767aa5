package io.headgate.host.service;

import io.headgate.host.authority.Authority;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A host in virtual time over the in-memory driver, with a plugin that notes its events and emits what the test says.
 *
 * <p>It declares {@code chat} (subscribe and send), {@code feed} (asks for both, is granted subscribe), {@code vault} (not
 * granted) and {@code shard} (a pattern). The queue holds four texts. Nothing is dialled twice but what a test asks for.
 */
final class HostFixture implements AutoCloseable {

    static final String MANIFEST = """
            version: 1
            id: test.plugin
            release: 1.0.0
            services:
              - name: bridge
                class: test.Bridge
                connections:
                  - {name: chat, target: "wss://chat.example.com/v1?key=secret", access: [subscribe, send], subprotocols: [chat.v1]}
                  - {name: feed, target: "wss://feed.example.com/", access: [subscribe, send]}
                  - {name: vault, target: "wss://vault.example.com/", access: [subscribe]}
                  - {name: shard, target: "wss://*.shards.example.com/**", access: [subscribe, send]}
            """;
    static final String GRANTS = """
            version: 1
            grants:
              - plugin: test.plugin
                release: 1.0.0
                websocket:
                  - {target: "wss://chat.example.com/v1", access: [subscribe, send], subprotocols: [chat.v1]}
                  - {target: "wss://feed.example.com/", access: [subscribe]}
                  - {target: "wss://*.shards.example.com/**", access: [subscribe, send]}
                limits: {queue-events: 4, queue-bytes: 1KiB, message-bytes: 64}
                reconnect: {policy: manual}
                settings: {room: lobby}
            """;

    private static final Manifest PARSED = Manifest.parse("plugin.yaml", MANIFEST);
    private static final Authority NOTHING =
            Authority.of(PARSED, PARSED.services().get(0), null, 2);

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final InMemoryDriver driver = InMemoryDriver.on(time);
    /** Every outcome, also of those that the plugin did not live to see. */
    final List<CommandOutcome> outcomes = new CopyOnWriteArrayList<>();

    final List<IngressEvent> seen = new CopyOnWriteArrayList<>();
    final Sinks.Many<OutputCommand> commands = Sinks.many().unicast().onBackpressureBuffer();
    final PluginHost host;
    /** What stands between the lane and the noting: demand, delays, failures. */
    UnaryOperator<Flux<IngressEvent>> taking = events -> events;

    /** While it is set, nothing is granted. */
    volatile boolean revoked;

    @Nullable
    ServiceContext context;

    HostFixture() {
        this(null, settings -> settings);
    }

    HostFixture(@Nullable ServicePlugin plugin, UnaryOperator<HostSettings> settings) {
        this(plugin, settings, GRANTS, null);
    }

    /** With another grant. */
    HostFixture(@Nullable ServicePlugin plugin, UnaryOperator<HostSettings> settings, String grants) {
        this(plugin, settings, grants, null);
    }

    /** With other restart settings, as a grant file has them, and perhaps a worker of the test's own. */
    static HostFixture restarting(
            @Nullable ServicePlugin plugin,
            UnaryOperator<HostSettings> settings,
            String restart,
            @Nullable Scheduler worker) {
        return new HostFixture(plugin, settings, GRANTS + "    restart: " + restart + "\n", worker);
    }

    private HostFixture(
            @Nullable ServicePlugin plugin,
            UnaryOperator<HostSettings> settings,
            String grants,
            @Nullable Scheduler worker) {
        host = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", grants))
                .plugin(PARSED, plugin == null ? this::handle : plugin)
                .settings(settings.apply(HostSettings.defaults()))
                .schedulers(time, name -> worker == null ? time : worker)
                .audited((command, outcome) -> outcomes.add(outcome))
                .standing(granted -> () -> revoked ? NOTHING : granted.get())
                .build();
    }

    private Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext given) {
        context = given;
        Sinks.Empty<Void> over = Sinks.empty();
        Flux<OutputCommand> none = taking.apply(events)
                .doOnNext(seen::add)
                .doOnComplete(over::tryEmitEmpty)
                .thenMany(Flux.empty());
        return Flux.merge(none, commands.asFlux().takeUntilOther(over.asMono()));
    }

    HostFixture start() {
        host.start().subscribe();
        return tick();
    }

    HostFixture tick() {
        time.advanceTime();
        return this;
    }

    HostFixture after(Duration duration) {
        time.advanceTimeBy(duration);
        return this;
    }

    /** Starts the host and accepts the dial of {@code chat}. */
    InMemoryPeer chat() {
        start();
        InMemoryPeer peer = driver.peer("chat").accept("chat.v1");
        tick();
        return peer;
    }

    void issue(OutputCommand command) {
        commands.tryEmitNext(command).orThrow();
        tick();
    }

    long nowMillis() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    ServiceStatus status() {
        return host.status().services().get(0);
    }

    ConnectionStatus connection(String name) {
        return status().connections().stream()
                .filter(connection -> connection.connection().equals(name))
                .findFirst()
                .orElseThrow();
    }

    CommandCounts commandCounts() {
        return status().commands();
    }

    <T extends IngressEvent> List<T> seen(Class<T> kind, String connection) {
        return seen.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(event -> event.connection().equals(connection))
                .toList();
    }

    <T extends Diagnostic> List<T> told(Class<T> kind) {
        return host.history().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() {
        host.stop(Duration.ZERO).subscribe();
        time.advanceTimeBy(Duration.ofMinutes(1));
        time.dispose();
        if (!status().events().conserved()
                || !commandCounts().conserved()
                || commandCounts().inFlight() != 0) {
            throw new AssertionError("invariant 2: " + status());
        }
    }
}
