package io.headgate.samples.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.authority.ServiceDeclaration;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.host.ws.test.PeerServer;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Four shards of one gateway, over real sockets, in a real host, with more texts than fit. */
@Timeout(180)
final class ShardsInHostTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int SHARDS = 4;
    private static final long QUEUE = 64;
    private static final int WAITING = 32;
    private static final int FLOOD = 4_000;
    private static final int SLICE = 100;
    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: sample.scaling
                websocket: [{target: "${uri}v1/events", access: [subscribe, send], addresses: loopback}]
                limits: {queue-events: 64, queue-bytes: 64KiB, message-bytes: 1KiB}
                settings: {waiting: "32", seconds: "3600"}
            """;
    private static final List<String> KEYS =
            IntStream.range(0, 40).mapToObj(number -> "key-" + number).toList();

    private final Random random = new Random(1);
    private final KeyedGateway gateway = new KeyedGateway(SHARDS);
    private final Workplace workplace = new Workplace();
    /** Behind which all work waits until it is opened. */
    private final Sinks.Empty<Void> gate = Sinks.empty();

    private volatile boolean shut;

    /** Work that was done on another thread than a worker of its shard. */
    private final AtomicInteger elsewhere = new AtomicInteger();

    private Mono<Void> work(Task task, ServiceContext context) {
        if (!Thread.currentThread().getName().startsWith(context.service() + "-work-")) {
            elsewhere.incrementAndGet();
        }
        return (shut ? gate.asMono() : Mono.<Void>empty()).then(Mono.defer(() -> workplace.on(task, context)));
    }

    private static void await(BooleanSupplier so) {
        Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
                .takeUntil(tick -> so.getAsBoolean())
                .blockLast(LIMIT);
    }

    /** The manifest that the plugin travels with, and the same gateway on this machine. */
    private static Manifest manifest(String uri) throws IOException {
        return Manifest.parse(
                "plugin.yaml",
                Files.readString(Path.of("src/main/resources/META-INF/headgate/plugin.yaml"))
                        .replace("wss://gateway.jobs.example/", uri));
    }

    private PluginHost host(ReactorNettyDriver driver, String uri) throws IOException {
        Manifest manifest = manifest(uri);
        ServicePlugin shard = new Shard(this::work, Shard::ownWorkers);
        return PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", GRANTS.replace("${uri}", uri)))
                .plugin(
                        manifest,
                        manifest.services().stream()
                                .collect(Collectors.toMap(ServiceDeclaration::name, service -> shard)))
                .build();
    }

    private static EventCounts events(ServiceStatus service) {
        return service.connections().get(0).events();
    }

    private static long shardsWhere(PluginHost host, Predicate<ServiceStatus> so) {
        return host.status().services().stream().filter(so).count();
    }

    private void flood(PeerServer server) {
        for (int sent = 0; sent < FLOOD; sent += SLICE) {
            server.run(() -> IntStream.range(0, SLICE)
                    .forEach(text ->
                            gateway.send(KEYS.get(random.nextInt(KEYS.size())), random.nextInt(20) == 0 ? "1" : "0")));
        }
    }

    private void awaitReceived(PeerServer server, PluginHost host) {
        List<Long> sent = server.ask(() -> IntStream.range(0, SHARDS)
                .mapToObj(shard -> gateway.shard(shard).sent())
                .toList());
        await(() -> host.status().services().stream()
                .map(service -> events(service).received().events())
                .toList()
                .equals(sent));
    }

    private void play(PeerServer server, PluginHost host) {
        await(() -> server.ask(gateway::allThere));
        server.run(() -> KEYS.forEach(key -> gateway.send(key, "0")));
        await(() -> server.ask(gateway::settled));

        shut = true;
        // One for each key first, so that every stripe is at work.
        server.run(() -> KEYS.forEach(key -> gateway.send(key, "0")));
        flood(server);
        awaitReceived(server, host);
        IntStream.range(0, SHARDS).forEach(shard -> {
            long held = server.ask(() -> gateway.shard(shard).worked()) + WAITING + stripesOf(shard);
            assertFull(() -> events(host.status().services().get(shard)), held);
        });

        shut = false;
        gate.tryEmitEmpty();
        flood(server);
        awaitReceived(server, host);
        await(() -> shardsWhere(host, service -> events(service).queued().events() == 0) == SHARDS);
        // What of a key was lost last, its next number tells.
        server.run(() -> KEYS.forEach(key -> gateway.send(key, "0")));
        await(() -> server.ask(gateway::settled));
    }

    /** How many of a shard's stripes have a key. */
    private static long stripesOf(int shard) {
        Bounds bounds = Bounds.of(Map.of());
        return KEYS.stream()
                .filter(key -> KeyedGateway.shardOf(key, SHARDS) == shard)
                .map(bounds::stripeOf)
                .distinct()
                .count();
    }

    /** While no work ends, a shard takes in what it may hold, and not one more; what does not fit into the queue is dropped. */
    private static void assertFull(Supplier<EventCounts> events, long delivered) {
        await(() -> events.get().delivered().events() >= delivered);
        EventCounts now = events.get();
        assertThat(now.delivered().events()).isEqualTo(delivered);
        assertThat(now.queued().events()).isBetween(1L, QUEUE);
        assertThat(now.dropped().events()).isPositive();
        assertThat(now.conserved()).isTrue();
    }

    /** What the gateway reckons, and what the host does. */
    private void assertAgreed(PeerServer server, ServiceStatus service, int shard) {
        KeyedGateway.Reckoning reckoning = server.ask(() -> gateway.shard(shard));
        ConnectionStatus connection = service.connections().get(0);
        EventCounts events = connection.events();
        assertThat(events.conserved()).isTrue();
        assertThat(events.received().events()).isEqualTo(reckoning.sent());
        assertThat(events.delivered().events()).isEqualTo(reckoning.worked());
        assertThat(events.dropped().events()).isEqualTo(reckoning.missed());
        assertThat(events.discarded().events()).isZero();
        assertThat(events.queued().events()).isZero();
        assertThat(events.gaps()).isPositive();
        assertThat(connection.commands().sent()).isEqualTo(reckoning.answers());
        assertThat(connection.commands().issued()).isEqualTo(reckoning.answers());
    }

    @Test
    @DisplayName("thousands of texts, too many for the queues: each key in order, and both ends count the same")
    void fourShards() throws IOException {
        ReactorNettyDriver driver = ReactorNettyDriver.create();
        try (PeerServer server = PeerServer.start(gateway)) {
            PluginHost host = host(driver, server.uri());
            host.start().block(LIMIT);
            try {
                play(server, host);
                server.assertKept();
                assertThat(workplace.broken()).isEmpty();
                // Sent is counted once the kernel has the last byte, which the gateway may see first.
                await(() -> shardsWhere(host, service -> service.commands().inFlight() == 0) == SHARDS);
                List<ServiceStatus> services = host.status().services();
                IntStream.range(0, SHARDS).forEach(shard -> assertAgreed(server, services.get(shard), shard));
                assertThat(services)
                        .allSatisfy(service ->
                                assertThat(service.counts().eventsFailed()).isZero());
            } finally {
                host.stop(Duration.ZERO).then(Mono.defer(driver::disposeLater)).block(LIMIT);
            }
            server.assertKept();
        }
        assertThat(elsewhere).hasValue(0);
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("shard-")));
    }
}
