package io.headgate.host.ws;

import static io.headgate.host.ws.test.Way.TO_HOST;
import static io.headgate.host.ws.test.Way.TO_PEER;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.host.ws.test.FaultProxy;
import io.headgate.host.ws.test.TcpFault;
import io.headgate.host.ws.test.TcpScript;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** A real host that dials a real server through a proxy, which breaks their TCP: a row of docs/reference/faults.md, below the protocol. */
final class TcpScene implements AutoCloseable {

    static final Duration SHORT = Duration.ofSeconds(1);
    static final String NEVER = "never";
    static final String AT_ONCE = "at once";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LONG = "5m";
    private static final int CLOSE_CODE = 4000;
    private static final TcpFault SLICES = TcpFault.slice(TO_HOST, 1).and(TcpFault.slice(TO_PEER, 1));
    private static final Duration LATE = Duration.ofHours(1);

    /** When the fault comes. */
    enum When {
        /** The dial meets it. */
        DIAL,
        /** The session is open, and the peer sends a text every now and then. */
        OPEN,
        /** The session is open, and the peer says nothing. */
        SILENT,
        /** The session is open, and the plugin closes it then. */
        CLOSING
    }

    /**
     * What is played.
     *
     * @param when when it comes
     * @param script what comes
     * @param after the deadline that finds it; {@link #AT_ONCE} or {@link #NEVER} for none
     */
    record Row(When when, TcpScript script, String after) {

        private Row(When when, TcpFault fault, String after) {
            this(when, TcpScript.of(fault), after);
        }

        /** Without steps the fault alone. */
        String fault() {
            return script.first()
                    + script.steps().stream()
                            .map(TcpScript.AfterBytes.class::cast)
                            .map(step -> ", after " + step.bytes() + " byte " + step.way() + " " + step.then())
                            .collect(Collectors.joining());
        }

        boolean hasDeadline() {
            return !after.equals(NEVER) && !after.equals(AT_ONCE);
        }

        private String limit(String name) {
            return after.equals(name) ? SHORT.toMillis() + "ms" : LONG;
        }

        private Duration timeout(String name) {
            // A stop whose Close is lost as well is not waited for.
            return after.equals(name) || after.equals(NEVER) ? SHORT : Duration.ofMinutes(5);
        }

        /** Where bytes are to be missed, or nothing is, the host's own pings would not let it be. */
        private String liveness() {
            String pings = after.equals("no-bytes") || isUnnoticed()
                    ? "ping-interval: never"
                    : "ping-interval: 100ms, pong-timeout: " + limit("pong-timeout");
            return "{" + pings + ", no-bytes: " + limit("no-bytes") + ", no-data: " + limit("no-data") + "}";
        }

        private boolean isUnnoticed() {
            return after.equals(NEVER) && !script.equals(TcpScript.of(SLICES));
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(When.DIAL, TcpFault.freeze(), "upgrade"),
                new Row(When.DIAL, TcpFault.vanish(TO_PEER), "upgrade"),
                new Row(When.DIAL, TcpFault.vanish(TO_HOST), "upgrade"),
                new Row(When.DIAL, TcpFault.delay(TO_HOST, LATE), "upgrade"),
                new Row(When.DIAL, TcpFault.throttle(TO_HOST, 1), "upgrade"),
                new Row(When.DIAL, TcpScript.of(TcpFault.pass()).after(TO_PEER, 1, TcpFault.cut()), AT_ONCE),
                new Row(When.DIAL, TcpScript.of(TcpFault.pass()).after(TO_PEER, 1, TcpFault.reset()), AT_ONCE),
                new Row(When.DIAL, SLICES, NEVER),
                new Row(When.OPEN, TcpFault.cut(), AT_ONCE),
                new Row(When.OPEN, TcpFault.reset(), AT_ONCE),
                new Row(When.OPEN, TcpFault.vanish(TO_HOST), "pong-timeout"),
                new Row(When.OPEN, TcpFault.vanish(TO_PEER), "pong-timeout"),
                new Row(When.OPEN, TcpFault.vanish(), "pong-timeout"),
                new Row(When.OPEN, TcpFault.freeze(), "pong-timeout"),
                new Row(When.OPEN, TcpFault.delay(TO_HOST, LATE), "pong-timeout"),
                new Row(When.OPEN, TcpFault.delay(TO_PEER, LATE), "pong-timeout"),
                new Row(When.OPEN, TcpFault.throttle(TO_HOST, 1), "pong-timeout"),
                new Row(When.OPEN, TcpFault.vanish(TO_HOST), "no-bytes"),
                new Row(When.OPEN, TcpFault.freeze(), "no-bytes"),
                new Row(When.OPEN, TcpFault.vanish(TO_PEER), NEVER),
                new Row(When.OPEN, SLICES, NEVER),
                new Row(When.SILENT, TcpFault.pass(), "no-data"),
                new Row(When.CLOSING, TcpFault.vanish(TO_PEER), "closeTimeout"),
                new Row(When.CLOSING, TcpFault.vanish(TO_HOST), "closeTimeout"),
                new Row(When.CLOSING, TcpFault.freeze(), "closeTimeout"));
    }

    private final NettyServer server = new NettyServer(null);
    private final FaultProxy proxy = FaultProxy.to("localhost", server.port());
    private final Queue<IngressEvent> events = new ConcurrentLinkedQueue<>();
    private final Sinks.One<OutputCommand> command = Sinks.one();
    private final Row row;
    private final PluginHost host;
    private Disposable talk = Disposables.disposed();
    private Disposable manners = Disposables.disposed();

    TcpScene(Row row, ConnectionDriver driver) {
        this.row = row;
        server.target(Answer.ACCEPT);
        String uri = proxy.uri() + Answer.ACCEPT.name();
        String manifest = "version: 1\nid: faults\nrelease: 1.0.0\nservices:\n  - name: s\n    class: none\n"
                + "    connections:\n      - {name: c, target: \"" + uri + "\", access: [subscribe, send]}\n";
        String grants = "version: 1\ngrants:\n  - plugin: faults\n    websocket:\n      - {target: \"" + uri
                + "\", access: [subscribe, send], addresses: loopback}\n"
                + "    reconnect: {policy: backoff, first: 1h, max: 1h}\n    liveness: " + row.liveness() + "\n";
        this.host = PluginHost.builder()
                .driver(driver)
                .settings(HostSettings.defaults()
                        .withDial(dial -> dial.withUpgrade(row.timeout("upgrade")))
                        .withCloseTimeout(row.timeout("closeTimeout")))
                .grants(GrantFile.parse("grants.yaml", grants))
                .plugin(
                        Manifest.parse("plugin.yaml", manifest),
                        (incoming, context) ->
                                Flux.merge(incoming.doOnNext(events::add).thenMany(Flux.empty()), command.asMono()))
                .build();
    }

    /** Plays it until it looks so, and answers how it looked at the end. */
    String play(String expected) {
        if (row.when() == When.DIAL) {
            proxy.onConnect(row.script());
        }
        host.start().block(PATIENCE);
        if (row.when() == When.DIAL && !row.after().equals(NEVER)) {
            return until(expected);
        }
        NettyPeer peer = Objects.requireNonNull(server.peer().block(PATIENCE));
        // As a server should: it is the one to end TCP.
        manners = peer.received().ofType(Frame.Close.class).next().subscribe(close -> peer.end());
        if (row.when() != When.SILENT) {
            talk = Flux.interval(Duration.ofMillis(50)).onBackpressureDrop().subscribe(tick -> peer.text("hello"));
            await(() -> texts() > 0);
        }
        if (row.when() != When.DIAL) {
            proxy.now(row.script().first());
        }
        if (row.when() == When.CLOSING) {
            command.tryEmitValue(OutputCommand.close("c", CLOSE_CODE, "")).orThrow();
        }
        if (row.after().equals(NEVER)) {
            long before = texts();
            await(() -> texts() >= before + 3
                    && (row.isUnnoticed() || connection().pings().answered() >= 3));
        }
        return until(expected);
    }

    private long texts() {
        return events.stream().filter(IngressEvent.Text.class::isInstance).count();
    }

    private String until(String expected) {
        Flux.interval(Duration.ofMillis(5), Schedulers.boundedElastic())
                .onBackpressureDrop()
                .filter(tick -> seen().equals(expected))
                .take(1)
                .take(PATIENCE)
                .blockLast(PATIENCE.plus(PATIENCE));
        return seen();
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(5), Schedulers.boundedElastic())
                .onBackpressureDrop()
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(PATIENCE);
    }

    /** A line of the page. */
    private String seen() {
        ConnectionStatus status = connection();
        String error = status.lastError()
                .replaceAll(" \\((\\w+Exception|Connection (refused|reset( by peer)?))\\)$", " ({cause})");
        return "| "
                + String.join(
                        " | ",
                        row.when().name(),
                        "`" + row.fault() + "`",
                        row.hasDeadline() ? "`" + row.after() + "`" : row.after(),
                        joined(),
                        "`" + status.state() + "`",
                        error.isEmpty() ? "" : "`" + error.replace(SHORT.toString(), "{" + row.after() + "}") + "`")
                + " |";
    }

    private String joined() {
        StringBuilder joined = new StringBuilder();
        String last = "";
        for (String word : events.stream().map(TcpScene::worded).toList()) {
            if (!word.equals(last)) {
                joined.append(joined.isEmpty() ? "" : ", ").append(word);
            }
            last = word;
        }
        return joined.toString();
    }

    private static String worded(IngressEvent event) {
        if (event instanceof IngressEvent.Closed closed) {
            return "Closed " + closed.code() + " by " + closed.initiator();
        }
        if (event instanceof IngressEvent.Failed failed) {
            return "Failed " + failed.kind();
        }
        return event.getClass().getSimpleName();
    }

    ConnectionStatus connection() {
        return host.status().services().get(0).connections().get(0);
    }

    boolean isWaiting() {
        return connection().state() == ConnectionState.WAITING;
    }

    List<String> zombies() {
        return Objects.requireNonNull(host.stop(Duration.ofSeconds(1)).block(PATIENCE))
                .zombies();
    }

    @Override
    public void close() {
        talk.dispose();
        host.stop(Duration.ofSeconds(1)).block(PATIENCE.plus(PATIENCE));
        manners.dispose();
        proxy.close();
        server.close();
    }
}
