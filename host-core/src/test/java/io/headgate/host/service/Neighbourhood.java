package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One service that behaves beside twenty that do not, in one host on real threads, over sessions in memory. */
final class Neighbourhood implements AutoCloseable {

    private static final String GOOD = "good";
    private static final int EVENTS = 600;
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Scheduler sessions = Schedulers.newSingle("sessions", true);
    private final Map<String, InMemoryPeer> peers = new ConcurrentHashMap<>();
    private final InMemoryDriver driver = InMemoryDriver.on(sessions).onDial(this::accept);
    private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final PluginHost host = host();
    private long fed;

    private void accept(InMemoryPeer peer) {
        peer.accept();
        if (peer.spec().service().startsWith(Misbehaviour.FLOODS_WITH_TEXTS.name())) {
            peer.stall();
        }
        // Last: from now on it is fed.
        peers.put(peer.spec().service(), peer);
    }

    private Flux<OutputCommand> good(Flux<IngressEvent> events, ServiceContext context) {
        return events.ofType(IngressEvent.Text.class).map(text -> {
            latencies.add(System.nanoTime() - Long.parseLong(text.text()));
            return text.reply("seen");
        });
    }

    private PluginHost host() {
        StringBuilder grants = new StringBuilder("version: 1\ngrants:\n");
        PluginHostBuilder builder = PluginHost.builder()
                .driver(driver)
                .settings(HostSettings.defaults().withCloseTimeout(Duration.ofSeconds(5)));
        add(builder, grants, GOOD, this::good);
        Arrays.stream(Misbehaviour.values()).forEach(bad -> add(builder, grants, bad.name(), bad));
        return builder.grants(GrantFile.parse("grants.yaml", grants.toString())).build();
    }

    private static void add(PluginHostBuilder builder, StringBuilder grants, String id, ServicePlugin plugin) {
        String manifest = """
                version: 1
                id: %s
                release: 1.0.0
                services:
                  - name: s
                    class: test.S
                    connections:
                      - {name: feed, target: "wss://feed.example.com/", access: [subscribe, send]}
                """;
        builder.plugin(Manifest.parse("plugin.yaml", manifest.formatted(id)), plugin);
        grants.append("""
                  - plugin: %s
                    websocket: [{target: "wss://feed.example.com/", access: [subscribe, send]}]
                    limits: {queue-events: 64, queue-bytes: 64KiB, message-bytes: 64}
                    restart: {attempts: 1000000, first: 50ms, max: 100ms}
                """.formatted(id));
    }

    /**
     * Feeds the one that behaves at 200 events a second at most, and those of {@code noisy} likewise: after a pause of the whole
     * machine there is no burst to catch up, which the queue could not hold.
     */
    private void feed(Collection<String> noisy) {
        Scheduler feeder = Schedulers.newSingle("feeder", true);
        try {
            Flux.range(0, EVENTS)
                    .delayElements(PAUSE, feeder)
                    .doOnNext(n -> {
                        InMemoryPeer good = peers.get(GOOD + "/s");
                        good.text(Long.toString(System.nanoTime()));
                        noisy.forEach(service -> text(service + "/s"));
                    })
                    .blockLast(PATIENCE);
        } finally {
            feeder.dispose();
        }
    }

    private void text(String service) {
        InMemoryPeer peer = peers.get(service);
        if (peer != null) {
            peer.text("x");
        }
    }

    private long medianMicrosOf(Collection<String> noisy) {
        feed(noisy);
        fed += EVENTS;
        await(() -> status(GOOD).commands().sent() == fed);
        long[] sorted =
                latencies.stream().mapToLong(nanos -> nanos / 1_000).sorted().toArray();
        latencies.clear();
        return sorted[sorted.length / 2];
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(10))
                .takeUntil(n -> condition.getAsBoolean())
                .blockLast(PATIENCE);
    }

    private ServiceStatus status(String plugin) {
        return host.status().services().stream()
                .filter(service -> service.plugin().equals(plugin))
                .findFirst()
                .orElseThrow();
    }

    /**
     * What one round showed.
     *
     * @param ratio how many times its own quiet phase the median latency is of the one that behaves, once the others misbehave
     * @param elsewhere how many processors other processes than this one took meanwhile
     */
    record Round(double ratio, double elsewhere) {}

    Round play() {
        host.start().block(PATIENCE);
        Mono.delay(Duration.ofMillis(500)).block(PATIENCE);
        await(() -> peers.containsKey(GOOD + "/s"));
        List<String> bad = Arrays.stream(Misbehaviour.values()).map(Enum::name).toList();
        medianMicrosOf(List.of());
        long quiet = medianMicrosOf(List.of());
        ForeignLoad load = ForeignLoad.fromNow();
        long beside = medianMicrosOf(bad);
        Round round = new Round((double) beside / quiet, load.processors());
        System.out.printf(
                "neighbours: median latency %d µs while quiet, %d µs beside twenty; %.1f processors busy elsewhere%n",
                quiet, beside, round.elsewhere());
        return round;
    }

    /** Stops the host, and looks at the books. */
    @Override
    public void close() {
        StopReport report = host.stop(Duration.ofMillis(100)).block(PATIENCE);
        sessions.dispose();

        assertThat(report.zombies()).containsExactly("BLOCKS/s", "BLOCKS_IN_CANCEL/s");
        assertThat(host.status().services()).allSatisfy(service -> {
            assertThat(service.events().conserved()).isTrue();
            assertThat(service.commands().conserved()).isTrue();
            assertThat(service.commands().inFlight()).isZero();
        });
        EventCounts events = status(GOOD).events();
        assertThat(events.dropped().events()).isZero();
        assertThat(events.delivered().events()).isEqualTo(3L * EVENTS);
        assertThat(status(GOOD).commands().sent()).isEqualTo(3L * EVENTS);
        assertThat(status(Misbehaviour.FLOODS_WITH_REFUSED_TEXTS.name())
                        .counts()
                        .commandsHeldBack())
                .isPositive();
    }
}
