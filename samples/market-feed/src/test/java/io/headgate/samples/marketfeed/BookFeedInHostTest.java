package io.headgate.samples.marketfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.host.ws.test.PeerServer;
import io.headgate.plugin.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The same feed and the same exchange, over real sockets, in a real host, with the manifest and the grants that lie beside. */
@Timeout(120)
final class BookFeedInHostTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Path MANIFEST = Path.of("src/main/resources/META-INF/headgate/plugin.yaml");
    private static final Path GRANTS = Path.of("grants.yaml");
    private static final List<String> SYMBOLS = List.of("AAA", "BBB");
    private static final int BURST = 500;

    private final FeedServer exchange = new FeedServer(new Random(6), "AAA", "BBB");
    private final BookFeed feed = new BookFeed();

    private interface Play {
        void with(PeerServer server, PluginHost host);
    }

    /** Little room in the queue, so that a burst does not fit. */
    private void inHost(Play play) throws IOException {
        ReactorNettyDriver driver = ReactorNettyDriver.create();
        try (PeerServer server = PeerServer.start(exchange)) {
            String grants = local(GRANTS, server)
                    .replace("queue-events: 4096", "queue-events: 8")
                    .replace("access: [subscribe, send]", "access: [subscribe, send]\n        addresses: loopback");
            PluginHost host = PluginHost.builder()
                    .driver(driver)
                    .grants(GrantFile.parse("grants.yaml", grants))
                    .plugin(Manifest.parse("plugin.yaml", local(MANIFEST, server)), feed)
                    .build();
            host.start().block(LIMIT);
            try {
                play.with(server, host);
            } finally {
                host.stop(Duration.ZERO).then(Mono.defer(driver::disposeLater)).block(LIMIT);
            }
            server.assertKept();
        }
    }

    private static String local(Path file, PeerServer server) throws IOException {
        return Files.readString(file).replace("wss://feed.market.example/v1", server.uri() + "v1");
    }

    private static void await(BooleanSupplier so) {
        Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
                .takeUntil(tick -> so.getAsBoolean())
                .blockLast(LIMIT);
    }

    private boolean areTrue(PeerServer server) {
        return SYMBOLS.stream()
                .allMatch(symbol -> feed.book(symbol).known()
                        && feed.book(symbol).levels().equals(server.ask(() -> exchange.levels(symbol))));
    }

    private void awaitTrueBooks(PeerServer server) {
        await(() -> areTrue(server));
        assertThat(areTrue(server)).isTrue();
    }

    private void burst() {
        for (int change = 0; change < BURST; change++) {
            exchange.change(SYMBOLS.get(change % 2));
        }
    }

    private static ServiceStatus service(PluginHost host) {
        return host.status().services().get(0);
    }

    private static long epoch(PluginHost host) {
        return service(host).connections().get(0).epoch();
    }

    private static boolean isReportedOk(PluginHost host) {
        return service(host)
                .reported()
                .filter(reported -> reported.health() == Health.OK)
                .isPresent();
    }

    @Test
    @DisplayName(
            "a burst that does not fit: the Gap has every book begun anew, the operator is told, and in the end they are the exchange's")
    void overflow() throws IOException {
        inHost((server, host) -> {
            awaitTrueBooks(server);
            assertThat(server.<Integer>ask(exchange::snapshots)).isEqualTo(2);
            await(() -> {
                server.run(this::burst);
                return service(host).events().dropped().events() > 0;
            });
            await(() -> isReportedOk(host));
            awaitTrueBooks(server);

            EventCounts events = service(host).events();
            assertThat(events.gaps()).isPositive();
            assertThat(events.received())
                    .isEqualTo(events.delivered()
                            .plus(events.dropped())
                            .plus(events.discarded())
                            .plus(events.queued()));
            assertThat(server.<Integer>ask(exchange::snapshots)).isGreaterThanOrEqualTo(4);
        });
    }

    @Test
    @DisplayName("a connection that is cut: when the host has come back, the books are begun anew from snapshots")
    void cut() throws IOException {
        inHost((server, host) -> {
            awaitTrueBooks(server);
            server.run(exchange::cut);
            await(() -> epoch(host) == 2);
            server.run(() -> exchange.change("AAA"));
            awaitTrueBooks(server);
            assertThat(epoch(host)).isEqualTo(2);
            assertThat(server.<Integer>ask(exchange::snapshots)).isEqualTo(4);
        });
    }
}
