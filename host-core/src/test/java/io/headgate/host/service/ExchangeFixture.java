package io.headgate.host.service;

import io.headgate.host.authority.Authority;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.exchange.ExchangeCounts;
import io.headgate.host.exchange.ExchangeSettings;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.PullException;
import io.headgate.plugin.PullWebSocket;
import io.headgate.plugin.PulledText;
import io.headgate.plugin.ServiceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A host in virtual time whose plugin exchanges what the test says. It declares {@code login} (exchange only), {@code both}
 * (subscribe, send, exchange), {@code unasked} (granted exchange, not declared), {@code ungranted} (declared, not granted) and
 * {@code shard} (a pattern).
 */
final class ExchangeFixture implements AutoCloseable {

    static final Duration WAIT = Duration.ofSeconds(5);

    private static final String MANIFEST = """
            version: 1
            id: test.plugin
            release: 1.0.0
            services:
              - name: puller
                class: test.Puller
                connections:
                  - {name: login, target: "wss://login.example.com/v1?key=secret", access: [exchange], subprotocols: [ticket.v1]}
                  - {name: both, target: "wss://both.example.com/", access: [subscribe, send, exchange]}
                  - {name: unasked, target: "wss://unasked.example.com/", access: [subscribe]}
                  - {name: ungranted, target: "wss://ungranted.example.com/", access: [exchange]}
                  - {name: shard, target: "wss://*.shards.example.com/**", access: [exchange]}
            """;
    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: test.plugin
                websocket:
                  - {target: "wss://login.example.com/v1", access: [exchange], subprotocols: [ticket.v1, other]}
                  - {target: "wss://both.example.com/", access: [subscribe, send, exchange]}
                  - {target: "wss://unasked.example.com/", access: [subscribe, exchange]}
                  - {target: "wss://ungranted.example.com/", access: [subscribe]}
                  - {target: "wss://*.shards.example.com/**", access: [exchange]}
                limits: {message-bytes: 64}
                restart: {first: 1s, attempts: 3}
            """;
    private static final Manifest PARSED = Manifest.parse("plugin.yaml", MANIFEST);
    private static final Authority NOTHING =
            Authority.of(PARSED, PARSED.services().get(0), null, 2);

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final InMemoryDriver driver = InMemoryDriver.on(time);
    final List<IngressEvent> seen = new CopyOnWriteArrayList<>();
    final PluginHost host;
    private final boolean finishes;
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    /** While it is set, nothing is granted. */
    volatile boolean revoked;
    /** Each incarnation's; its output ends with what is emitted here. */
    volatile Sinks.Many<OutputCommand> output = emptyOutput();

    @Nullable
    ServiceContext context;

    ExchangeFixture() {
        this(settings -> settings);
    }

    ExchangeFixture(UnaryOperator<ExchangeSettings> exchanges) {
        this(exchanges, true);
    }

    /** With a plugin that finishes with its events, or does not. */
    ExchangeFixture(UnaryOperator<ExchangeSettings> exchanges, boolean finishes) {
        this.finishes = finishes;
        host = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", GRANTS))
                .plugin(PARSED, this::handle)
                .settings(HostSettings.defaults().withExchanges(exchanges))
                .schedulers(time, name -> name.endsWith("/exchange") ? Schedulers.fromExecutor(this::hop) : time)
                .standing(granted -> () -> revoked ? NOTHING : granted.get())
                .build();
        host.start().subscribe();
        time.advanceTime();
    }

    private Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext given) {
        context = given;
        output = emptyOutput();
        Sinks.Empty<Void> over = Sinks.empty();
        Mono<Void> end = finishes ? over.asMono() : Mono.never();
        Flux<OutputCommand> noted =
                events.doOnNext(seen::add).doOnComplete(over::tryEmitEmpty).thenMany(Flux.empty());
        return Flux.merge(noted, output.asFlux().takeUntilOther(end));
    }

    GrantFile grantsOnLoopback(String connection) {
        String entry = "(\\{target: \"wss://" + connection + "\\.[^\n]*)\\}\n";
        return GrantFile.parse("grants.yaml", GRANTS.replaceAll(entry, "$1, addresses: loopback}\n"));
    }

    GrantFile grantsWithout(String connection) {
        String entry = "      - \\{target: \"wss://" + connection + "\\.[^\n]*\n";
        return GrantFile.parse("grants.yaml", GRANTS.replaceAll(entry, ""));
    }

    private static Sinks.Many<OutputCommand> emptyOutput() {
        return Sinks.many().unicast().onBackpressureBuffer();
    }

    /** What became of something asked: the signals so far. */
    static final class Outcome<T> {
        final List<T> values = new ArrayList<>();

        @Nullable
        Throwable error;

        boolean completed;
        private @Nullable Disposable subscription;

        PullException refusal() {
            return (PullException) Objects.requireNonNull(error, "no error");
        }

        T value() {
            if (error != null) {
                throw new AssertionError("failed", error);
            }
            return values.get(0);
        }

        void cancel() {
            Objects.requireNonNull(subscription).dispose();
        }

        boolean isPending() {
            return !completed && error == null;
        }
    }

    /** Subscribes, without running what is due. */
    static <T> Outcome<T> asked(Mono<T> mono) {
        Outcome<T> outcome = new Outcome<>();
        outcome.subscription =
                mono.subscribe(outcome.values::add, error -> outcome.error = error, () -> outcome.completed = true);
        return outcome;
    }

    <T> Outcome<T> ask(Mono<T> mono) {
        Outcome<T> outcome = asked(mono);
        tick();
        return outcome;
    }

    Outcome<PullWebSocket> exchange(String connection) {
        return ask(Objects.requireNonNull(context).exchange(connection));
    }

    /** Opens one whose peer accepts. */
    PullWebSocket open(String connection) {
        Outcome<PullWebSocket> asked = exchange(connection);
        peer(connection).accept();
        tick();
        return asked.value();
    }

    InMemoryPeer peer(String connection) {
        return driver.peer(connection);
    }

    Outcome<PulledText> recv(PullWebSocket exchange) {
        return ask(exchange.recv(WAIT));
    }

    /** From now on what is handed over to the service's thread for exchanges waits until {@link #letGo}. */
    void hold() {
        holding = true;
    }

    void letGo() {
        holding = false;
        held.forEach(Runnable::run);
        held.clear();
        tick();
    }

    private void hop(Runnable task) {
        if (holding) {
            held.add(task);
        } else {
            task.run();
        }
    }

    ExchangeFixture tick() {
        time.advanceTime();
        return this;
    }

    ExchangeFixture after(Duration duration) {
        time.advanceTimeBy(duration);
        return this;
    }

    ServiceStatus status() {
        return host.status().services().get(0);
    }

    ExchangeCounts counts() {
        ExchangeCounts counts = status().exchanges();
        if (!counts.conserved()) {
            throw new AssertionError("not conserved: " + counts);
        }
        return counts;
    }

    <T extends Diagnostic> List<T> told(Class<T> kind) {
        return host.history().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<String> dialled() {
        return driver.dials().stream().map(peer -> peer.spec().connection()).toList();
    }

    @Override
    public void close() {
        host.stop(Duration.ZERO).subscribe();
        time.advanceTimeBy(Duration.ofMinutes(1));
        if (counts().open() != 0) {
            throw new AssertionError("invariant 7: " + counts());
        }
        time.dispose();
    }
}
