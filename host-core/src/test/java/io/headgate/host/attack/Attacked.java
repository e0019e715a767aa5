package io.headgate.host.attack;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.exchange.ExchangeCounts;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A host as an application makes it, by the public API alone, in virtual time over the in-memory driver. Its plugin notes what
 * it sees and issues what the attacker says.
 */
final class Attacked implements AutoCloseable {

    static final String NONE = "version: 1\ngrants: []\n";

    static final String MANIFEST = """
            version: 1
            id: test.plugin
            release: 1.0.0
            services:
              - name: bridge
                class: test.Bridge
                connections:
                  - {name: chat, target: "wss://chat.example.com/v1?key=canary-query", access: [subscribe, send], subprotocols: [chat.v1, chat.v2]}
                  - {name: feed, target: "wss://feed.example.com/", access: [subscribe, send]}
                  - {name: shard, target: "wss://*.shards.example.com/**", access: [subscribe, send]}
                  - {name: login, target: "wss://login.example.com/v1", access: [exchange], subprotocols: [ticket.v1, ticket.v2]}
            """;

    static final String GRANTS = """
            version: 1
            grants:
              - plugin: test.plugin
                release: 1.0.0
                websocket:
                  - {target: "wss://chat.example.com/v1", access: [subscribe, send], subprotocols: [chat.v1, chat.v2]}
                  - {target: "wss://feed.example.com/", access: [subscribe]}
                  - {target: "wss://*.shards.example.com/**", access: [subscribe, send]}
                  - {target: "wss://login.example.com/v1", access: [exchange], subprotocols: [ticket.v1, ticket.v2]}
                reconnect: {policy: manual}
                restart: {first: 1s, attempts: 3}
                settings: {token: canary-setting}
            """;

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final InMemoryDriver driver = InMemoryDriver.on(time);
    final List<IngressEvent> seen = new CopyOnWriteArrayList<>();
    final List<CommandOutcome> outcomes = new CopyOnWriteArrayList<>();
    final AtomicBoolean acknowledged = new AtomicBoolean();
    final PluginHost host;
    /** Each incarnation's. */
    volatile Sinks.Many<OutputCommand> output = emptyOutput();
    /** Whether the plugin's output ends with its events. */
    boolean finishes = true;

    private volatile @Nullable ServiceContext context;

    Attacked() {
        this(MANIFEST, GRANTS, null, clock -> clock);
    }

    Attacked(String manifest, String grants) {
        this(manifest, grants, null, clock -> clock);
    }

    Attacked(ServicePlugin plugin) {
        this(MANIFEST, GRANTS, plugin, clock -> clock);
    }

    /** With a plugin of the test's own, or another clock. */
    Attacked(String manifest, String grants, @Nullable ServicePlugin plugin, UnaryOperator<Scheduler> clock) {
        host = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", grants))
                .plugin(Manifest.parse("plugin.yaml", manifest), plugin == null ? this::handle : plugin)
                .schedulers(clock.apply(time), name -> time)
                .build();
        host.start().subscribe();
        tick();
    }

    private static Sinks.Many<OutputCommand> emptyOutput() {
        return Sinks.many().unicast().onBackpressureBuffer();
    }

    private Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext given) {
        context = given;
        output = emptyOutput();
        given.outcomes().subscribe(outcomes::add);
        Sinks.Empty<Void> over = Sinks.empty();
        Flux<OutputCommand> none =
                events.doOnNext(seen::add).doOnComplete(() -> ended(over)).thenMany(Flux.empty());
        return Flux.merge(none, output.asFlux().takeUntilOther(over.asMono()));
    }

    private void ended(Sinks.Empty<Void> over) {
        if (finishes) {
            over.tryEmitEmpty();
        }
    }

    ServiceContext context() {
        return Objects.requireNonNull(context, "the plugin was not composed");
    }

    Attacked tick() {
        time.advanceTime();
        return this;
    }

    Attacked after(Duration duration) {
        time.advanceTimeBy(duration);
        return this;
    }

    void issue(OutputCommand command) {
        output.tryEmitNext(command).orThrow();
        tick();
    }

    /** Issues it, and answers what the plugin is told of it. */
    CommandOutcome outcomeOf(OutputCommand command) {
        int before = outcomes.size();
        issue(command);
        return outcomes.get(before);
    }

    /** Replaces what is granted; {@link #acknowledged} tells the rest. */
    Attacked grant(String grants) {
        replace(grants);
        return tick();
    }

    /** Likewise, and nothing else runs in between. */
    void replace(String grants) {
        acknowledged.set(false);
        host.grants(GrantFile.parse("grants.yaml", grants))
                .subscribe(nothing -> {}, error -> {}, () -> acknowledged.set(true));
    }

    InMemoryPeer accepted(String connection) {
        return accepted(connection, "");
    }

    InMemoryPeer accepted(String connection, String subprotocol) {
        InMemoryPeer peer = driver.peer(connection).accept(subprotocol);
        tick();
        return peer;
    }

    /** Opens a URI under the pattern; the peer accepts. */
    InMemoryPeer shard(String uri) {
        issue(OutputCommand.open("shard", uri));
        return accepted("shard");
    }

    /** How often a connection was dialled. */
    long dials(String connection) {
        return driver.dials().stream()
                .filter(peer -> peer.spec().connection().equals(connection))
                .count();
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

    ExchangeCounts exchanges() {
        return status().exchanges();
    }

    <T extends Diagnostic> List<T> told(Class<T> kind) {
        return host.history().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** All that an operator or the plugin can read. */
    List<String> allThatIsSaid() {
        List<String> said = new ArrayList<>();
        host.history().forEach(diagnostic -> said.add(diagnostic.toString()));
        host.history().forEach(diagnostic -> said.add(diagnostic.message()));
        seen.forEach(event -> said.add(event.toString()));
        outcomes.forEach(outcome -> said.add(outcome.toString()));
        said.add(host.status().toString());
        return said;
    }

    /** Whoever closes an attack holds the books against each other. */
    @Override
    public void close() {
        host.stop(Duration.ZERO).subscribe();
        time.advanceTimeBy(Duration.ofMinutes(1));
        time.dispose();
        if (!status().events().conserved()
                || !status().commands().conserved()
                || status().commands().inFlight() != 0
                || !exchanges().conserved()
                || exchanges().open() != 0) {
            throw new AssertionError("invariant 2: " + status());
        }
    }
}
