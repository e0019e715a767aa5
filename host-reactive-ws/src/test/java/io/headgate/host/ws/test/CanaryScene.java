package io.headgate.host.ws.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.AuthorityReport;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.PullWebSocket;
import io.headgate.plugin.ServiceContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A real host that knows every canary, and a real gateway that says the peer's. */
final class CanaryScene implements AutoCloseable {

    /** A text that the plugin fails at. */
    static final String FAIL = "fail";
    /** A text at which the plugin asks for an exchange, in which it sends, and which ends without an answer. */
    static final String EXCHANGE = "exchange";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofMillis(700);

    private final ScriptedGateway gateway = ScriptedGateway.start();
    private final Queue<Object> told = new ConcurrentLinkedQueue<>();
    private final Queue<ConnectionSpec> dialled = new ConcurrentLinkedQueue<>();
    private final Queue<IngressEvent> events = new ConcurrentLinkedQueue<>();
    private final Queue<CommandOutcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Queue<Diagnostic> streamed = new ConcurrentLinkedQueue<>();
    private final Manifest manifest;
    private final GrantFile grants;
    private final PluginHost host;
    private final Disposable stream;
    private volatile Map<String, String> settings = Map.of();

    /**
     * Makes one.
     *
     * @param liveness as a grant has it
     */
    CanaryScene(Path folder, ConnectionDriver driver, String liveness) {
        String uri = gateway.uri().toString();
        manifest = Manifest.parse(
                "plugin.yaml",
                "version: 1\nid: canaries\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n    connections:\n"
                        + "      - {name: c, target: \"" + uri + "?token=" + Canaries.QUERY.text()
                        + "\", access: [subscribe, send, exchange]}\n");
        grants = GrantFile.read(file(
                folder,
                "grants.yaml",
                "version: 1\ngrants:\n  - plugin: canaries\n    websocket:\n      - target: " + uri
                        + "\n        access: [subscribe, send, exchange]\n        addresses: loopback\n        headers:\n"
                        + "          Authorization: \"Bearer ${file:"
                        + file(folder, "header", Canaries.HEADER.text() + "\n") + "}\"\n"
                        + "          X-Literal: " + Canaries.HEADER.text()
                        + "\n    reconnect: {policy: backoff, first: 1h, max: 1h}\n    liveness: " + liveness
                        + "\n    settings:\n      token: \"${file:"
                        + file(folder, "setting", Canaries.SETTING.text()) + "}\"\n"));
        host = PluginHost.builder()
                .driver((spec, handler) -> {
                    dialled.add(spec);
                    return driver.connect(spec, handler).doOnError(told::add);
                })
                .settings(HostSettings.defaults()
                        .withDial(dial -> dial.withUpgrade(DEADLINE))
                        .withCloseTimeout(DEADLINE))
                .grants(grants)
                .plugin(manifest, this::handle)
                .build();
        stream = host.diagnostics().subscribe(streamed::add);
    }

    private static Path file(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Sends what identifies it, and what is refused in every way; fails at what it was not told. */
    private Flux<OutputCommand> handle(Flux<IngressEvent> incoming, ServiceContext context) {
        settings = context.settings();
        return incoming.doOnNext(events::add)
                .concatMap(event -> event instanceof IngressEvent.Opened ? opened() : answering(event, context), 0)
                .doOnNext(told::add)
                .mergeWith(context.outcomes()
                        .doOnNext(outcomes::add)
                        .flatMap(outcome -> Flux.<OutputCommand>empty(), 1, 1));
    }

    private Flux<OutputCommand> answering(IngressEvent event, ServiceContext context) {
        if (event instanceof IngressEvent.Text text && text.text().equals(EXCHANGE)) {
            gateway.onConnect(Script.empty()
                    .acceptUpgrade()
                    .text(Canaries.RECEIVED.text())
                    .takeRest());
            return context.exchange("c")
                    .flatMap(this::exchanged)
                    .doOnError(told::add)
                    .onErrorComplete()
                    .thenMany(Flux.empty());
        }
        return event instanceof IngressEvent.Text text && text.text().equals(FAIL)
                ? Flux.error(
                        new IllegalStateException(Canaries.THROWN.text(), new IOException(Canaries.PAYLOAD.text())))
                : Flux.empty();
    }

    private Mono<Void> exchanged(PullWebSocket socket) {
        told.add(socket);
        return socket.sendText(Canaries.PAYLOAD.text())
                .then(socket.recv(PATIENCE))
                .doOnNext(told::add)
                .then(socket.sendText(Canaries.PAYLOAD.text() + '\ud800'))
                .doOnError(told::add)
                .onErrorComplete()
                .then(socket.close());
    }

    private Flux<OutputCommand> opened() {
        String payload = Canaries.PAYLOAD.text();
        return Flux.just(
                OutputCommand.sendText("c", "identify " + settings.get("token") + " " + payload),
                OutputCommand.sendText("c", payload + '\ud800'),
                OutputCommand.sendText("none", payload),
                OutputCommand.sendText("c", payload).confirmed(),
                OutputCommand.close("c", 4000, payload + "x".repeat(123)),
                OutputCommand.open("c", gateway.uri() + "?other=" + Canaries.QUERY.text()),
                OutputCommand.open("c", "wss://" + Canaries.PAYLOAD.text() + "@h/?" + Canaries.QUERY.text()));
    }

    /** Plays it until the connection is as it will stay, and the plugin has said what it says to a session. */
    CanaryScene play(Script script, ConnectionState last) {
        gateway.onConnect(script);
        return play(last);
    }

    CanaryScene play(Fault fault, ConnectionState last) {
        gateway.onConnect(fault);
        return play(last);
    }

    private CanaryScene play(ConnectionState last) {
        host.start().block(PATIENCE);
        Flux.interval(Duration.ofMillis(5), Schedulers.boundedElastic())
                .filter(tick -> isPlayed(last))
                .take(1)
                .take(PATIENCE)
                .blockLast();
        if (!isPlayed(last)) {
            throw new AssertionError(
                    "expected " + last + ", found " + connection() + ", told " + told + " after " + host.history());
        }
        return this;
    }

    private boolean isPlayed(ConnectionState last) {
        ConnectionStatus status = connection();
        return status.state() == last && (status.epoch() == 0 || hasSent());
    }

    private boolean hasSent() {
        return told.stream().anyMatch(OutputCommand.SendText.class::isInstance);
    }

    private ConnectionStatus connection() {
        return host.status().services().get(0).connections().get(0);
    }

    CanaryScene revoke() {
        host.grants(new GrantFile(List.of())).block(PATIENCE);
        return this;
    }

    /** Else nothing would be shown by their absence elsewhere. */
    void assertPeersSawThem() {
        for (int connection = 1; connection <= gateway.connections(); connection++) {
            for (Arrival arrival : gateway.arrivals(connection)) {
                if (arrival instanceof Arrival.Request request) {
                    assertThat(request.line()).isEqualTo("GET /?token=" + Canaries.QUERY.text() + " HTTP/1.1");
                    assertThat(request.headers())
                            .containsEntry("authorization", "Bearer " + Canaries.HEADER.text())
                            .containsEntry("x-literal", Canaries.HEADER.text());
                }
            }
        }
        if (events.stream().anyMatch(IngressEvent.Opened.class::isInstance)) {
            assertThat(hasSent()).isTrue();
            assertThat(settings).containsEntry("token", Canaries.SETTING.text());
        }
    }

    /** All that the host has said so far, and what its objects say of themselves. */
    List<String> places() {
        AuthorityReport report = AuthorityReport.of(List.of(manifest), grants);
        List<String> places = new ArrayList<>(Reachable.from(
                host,
                host.status(),
                host.history(),
                grants,
                manifest,
                report,
                List.copyOf(told),
                List.copyOf(dialled),
                List.copyOf(events),
                List.copyOf(outcomes),
                List.copyOf(streamed)));
        Stream.concat(host.history().stream(), streamed.stream())
                .map(Diagnostic::message)
                .forEach(places::add);
        places.add(connection().lastError());
        places.add(report.toText());
        places.add(report.toJson());
        told.stream().filter(Throwable.class::isInstance).forEach(error -> places.add(thrown((Throwable) error)));
        for (IngressEvent event : events) {
            if (event instanceof IngressEvent.Failed failed) {
                places.add(failed.message());
            } else if (event instanceof IngressEvent.ReconnectNeeded needed) {
                places.add(needed.why());
            }
        }
        return places;
    }

    private static String thrown(Throwable error) {
        StringBuilder all = new StringBuilder(error.toString());
        for (Throwable suppressed : error.getSuppressed()) {
            all.append(' ').append(thrown(suppressed));
        }
        return error.getCause() == null
                ? all.toString()
                : all.append(' ').append(thrown(error.getCause())).toString();
    }

    void stop() {
        told.add(Objects.requireNonNull(host.stop(Duration.ZERO).block(PATIENCE)));
    }

    @Override
    public void close() {
        stop();
        stream.dispose();
        gateway.close();
    }
}
