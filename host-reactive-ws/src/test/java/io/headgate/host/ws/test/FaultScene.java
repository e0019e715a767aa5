package io.headgate.host.ws.test;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.StopReport;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A real host that dials a real gateway with one fault. */
final class FaultScene implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** The next attempt is long after the scene. */
    private static final String ONE_DIAL = "first: 1h, max: 1h";

    private static final int TEXTS_A_TICK = 16;

    private static final String TEXT_NOBODY_READS = "x".repeat(64 * 1024);

    private final ScriptedGateway gateway = ScriptedGateway.start();
    private final Queue<IngressEvent> events = new ConcurrentLinkedQueue<>();
    private final FaultRow row;
    private final Fault fault;
    private final PluginHost host;

    FaultScene(FaultRow row, ConnectionDriver driver) {
        this(row, driver, ONE_DIAL);
    }

    /**
     * Makes one.
     *
     * @param waits keys of {@code reconnect}
     */
    FaultScene(FaultRow row, ConnectionDriver driver, String waits) {
        this.row = row;
        this.fault = row.named();
        String uri = gateway.uri().toString();
        String manifest = "version: 1\nid: faults\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n"
                + "    connections:\n      - {name: c, target: \"" + uri + "\", access: [subscribe, send]}\n";
        String grants = "version: 1\ngrants:\n  - plugin: faults\n    websocket:\n      - {target: \"" + uri
                + "\", access: [subscribe, send], addresses: loopback}\n    reconnect: {policy: backoff, " + waits
                + "}\n    liveness: " + row.liveness() + "\n";
        this.host = PluginHost.builder()
                .driver(driver)
                .settings(HostSettings.defaults()
                        .withDial(dial -> dial.withUpgrade(row.timeout("upgrade")))
                        .withCloseTimeout(row.timeout("closeTimeout")))
                .grants(GrantFile.parse("grants.yaml", grants))
                .plugin(Manifest.parse("plugin.yaml", manifest), this::handle)
                .build();
    }

    private Flux<OutputCommand> handle(Flux<IngressEvent> incoming, ServiceContext context) {
        return incoming.doOnNext(events::add)
                .flatMap(event -> fault == Fault.READS_NOTHING && event instanceof IngressEvent.Opened
                        ? textsNobodyReads()
                        : Flux.empty());
    }

    /**
     * More than the kernel and the mailbox take, and for so long that both stay full; all of it before the first deadline.
     */
    private static Flux<OutputCommand> textsNobodyReads() {
        return Flux.interval(Duration.ofMillis(5))
                .onBackpressureDrop()
                .take(FaultRow.SHORT.dividedBy(2))
                .concatMap(tick -> Flux.range(0, TEXTS_A_TICK))
                .map(n -> OutputCommand.sendText("c", TEXT_NOBODY_READS));
    }

    /** Plays it until it looks as the page says, and answers how it looked at the end. */
    FaultRow play(Duration patience) {
        gateway.onConnect(fault);
        host.start().block(PATIENCE);
        Flux.interval(Duration.ofMillis(5), Schedulers.boundedElastic())
                .filter(tick -> seen().equals(row))
                .take(1)
                .take(patience)
                .blockLast(PATIENCE);
        return seen();
    }

    /** What could only be seen in the host's own words, in the row's terms. */
    private FaultRow seen() {
        ConnectionStatus status = connection();
        return new FaultRow(
                row.fault(),
                fault.what(),
                row.after(),
                joined(events.stream().map(FaultScene::worded)),
                status.state().name(),
                status.lastError()
                        .replaceAll(" \\((\\w+Exception|Connection (refused|reset( by peer)?))\\)$", " ({cause})"),
                joined(further().map(diagnostic -> diagnostic.getClass().getSimpleName())),
                joined(
                        gateway.connections() == 0
                                ? Stream.empty()
                                : gateway.arrivals(1).stream()
                                        .filter(arrival -> !(arrival instanceof Arrival.Request))
                                        .map(FaultScene::worded)));
    }

    ConnectionStatus connection() {
        return host.status().services().get(0).connections().get(0);
    }

    /** The connection's own, from the dial on. */
    List<String> changes() {
        return host.history().stream()
                .filter(Diagnostic.ConnectionChanged.class::isInstance)
                .map(Diagnostic::message)
                .toList();
    }

    List<IngressEvent> events() {
        return List.copyOf(events);
    }

    private Stream<Diagnostic> further() {
        return host.history().stream()
                .filter(diagnostic -> !(diagnostic instanceof Diagnostic.ConnectionChanged)
                        && !(diagnostic instanceof Diagnostic.ServiceChanged));
    }

    private static String worded(IngressEvent event) {
        if (event instanceof IngressEvent.Text text) {
            return "Text \"" + text.text() + "\"";
        }
        if (event instanceof IngressEvent.Closed closed) {
            return "Closed " + closed.code() + " by " + closed.initiator();
        }
        if (event instanceof IngressEvent.Failed failed) {
            return "Failed " + failed.kind();
        }
        if (event instanceof IngressEvent.Retrying retrying) {
            return "Retrying " + retrying.attempt();
        }
        if (event instanceof IngressEvent.CommandRefused refused) {
            return "CommandRefused " + refused.rule();
        }
        return event.getClass().getSimpleName();
    }

    private static String worded(Arrival arrival) {
        if (arrival instanceof Arrival.End) {
            return "closes TCP";
        }
        WireFrame frame = ((Arrival.Frame) arrival).frame();
        return switch (frame.opcode()) {
            case WireFrame.CLOSE -> frame.payload().size() == 0 ? "Close without a code" : "Close " + frame.closeCode();
            case WireFrame.PONG -> "Pong";
            default -> "Text";
        };
    }

    /** What repeats is said once. */
    private static String joined(Stream<String> words) {
        StringBuilder joined = new StringBuilder();
        String last = "";
        for (String word : words.toList()) {
            if (!word.equals(last)) {
                joined.append(joined.isEmpty() ? "" : ", ").append(word);
            }
            last = word;
        }
        return joined.toString();
    }

    StopReport stop() {
        return Objects.requireNonNull(host.stop(Duration.ofSeconds(1)).block(PATIENCE));
    }

    ScriptedGateway gateway() {
        return gateway;
    }

    @Override
    public void close() {
        stop();
        gateway.close();
    }
}
