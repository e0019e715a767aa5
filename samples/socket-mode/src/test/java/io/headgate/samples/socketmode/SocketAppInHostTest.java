package io.headgate.samples.socketmode;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.authority.Rule;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.host.ws.test.PeerServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The same app and the same server, over real sockets, in a real host, with the manifest and the grants that lie beside. */
@Timeout(120)
final class SocketAppInHostTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Path MANIFEST = Path.of("src/main/resources/META-INF/headgate/plugin.yaml");
    private static final Path GRANTS = Path.of("grants.yaml");
    private static final String TARGET = "wss://*.socket.example/link/";

    private String base = "";
    private String query = "any";
    private String path = "link/?ticket=";
    /** A noisy machine may be late by as much. */
    private final SocketServer socket = new SocketServer(ticket -> base + path + ticket, LIMIT);

    private interface Play {
        void with(PeerServer server, PluginHost host);
    }

    private void inHost(Play play) throws IOException {
        ReactorNettyDriver driver = ReactorNettyDriver.create();
        try (PeerServer server = PeerServer.start(socket);
                TicketApi api = TicketApi.start(() -> server.ask(socket::ticket))) {
            base = server.uri();
            PluginHost host = PluginHost.builder()
                    .driver(driver)
                    .grants(grants(api))
                    .plugin(Manifest.parse("plugin.yaml", local(MANIFEST)), new SocketApp())
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

    /** Without a host to leave open it is the path that makes a pattern: else the host would dial by itself. */
    private String local(Path file) throws IOException {
        return Files.readString(file).replace(TARGET, base + "link/**");
    }

    private GrantFile grants(TicketApi api) throws IOException {
        return GrantFile.parse(
                "grants.yaml",
                local(GRANTS)
                        .replace("query: any", "query: " + query)
                        .replace("access: [subscribe, send]", "access: [subscribe, send]\n        addresses: loopback")
                        .replace("https://api.socket.example/connections.open", api.uri())
                        .replace("${env:SOCKET_APP_TOKEN}", TicketApi.TOKEN));
    }

    private static void await(BooleanSupplier so) {
        Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
                .takeUntil(tick -> so.getAsBoolean())
                .blockLast(LIMIT);
    }

    /** One connection, which is the one of that number, and nothing that was told is without its acknowledgement. */
    private void awaitSettled(PeerServer server, int number) {
        await(() ->
                server.ask(() -> socket.openNow() == 1 && socket.opened() == number && socket.unacknowledged() == 0));
        assertThat(server.<Integer>ask(socket::given)).isEqualTo(number);
    }

    private static ServiceStatus service(PluginHost host) {
        return host.status().services().get(0);
    }

    @Test
    @DisplayName(
            "it moves with the next connection before the last one goes, comes back behind cuts, and acknowledges everything")
    void aLife() throws IOException {
        inHost((server, host) -> {
            awaitSettled(server, 1);
            for (int move = 1; move <= 5; move++) {
                server.run(() -> {
                    socket.happens();
                    socket.warn();
                    socket.happens();
                });
                awaitSettled(server, move + 1);
            }
            server.run(() -> {
                socket.happens();
                socket.cut();
            });
            awaitSettled(server, 7);
            server.run(() -> {
                socket.failCalls(1);
                socket.warn();
                socket.happens();
            });
            awaitSettled(server, 8);
            assertThat(server.<Integer>ask(socket::envelopes)).isEqualTo(12);
            assertThat(service(host).connections())
                    .extracting(ConnectionStatus::state)
                    .extracting(Enum::name)
                    .containsExactlyInAnyOrder("OPEN", "DOWN");
            assertThat(service(host).commands().denied()).isZero();
        });
    }

    @Test
    @DisplayName("a ticket in the query is of no use where the operator has not granted queries")
    void noQuery() throws IOException {
        query = "declared";
        inHost((server, host) -> {
            await(() -> service(host).commands().denied() == 1);
            assertThat(service(host).commands().refusedBy()).containsOnlyKeys(Rule.QUERY_NOT_GRANTED);
            assertThat(server.<Integer>ask(socket::opened)).isZero();
        });
    }

    @Test
    @DisplayName("a URL that is not under the granted pattern is not dialled, whoever gave it")
    void elsewhere() throws IOException {
        path = "elsewhere/?ticket=";
        inHost((server, host) -> {
            await(() -> service(host).commands().denied() == 1);
            CommandCounts commands = service(host).commands();
            assertThat(commands.refusedBy()).containsOnlyKeys(Rule.TARGET_NOT_DECLARED);
            assertThat(service(host).connections())
                    .extracting(ConnectionStatus::attempts)
                    .containsOnly(0L);
            assertThat(server.<Integer>ask(socket::opened)).isZero();
        });
    }
}
