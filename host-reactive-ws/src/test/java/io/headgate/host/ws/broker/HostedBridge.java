package io.headgate.host.ws.broker;

import static io.headgate.host.diagnostics.ConnectionState.DOWN;
import static io.headgate.host.diagnostics.ConnectionState.WAITING;
import static io.headgate.host.ws.broker.Eventually.LIMIT;
import static io.headgate.host.ws.broker.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.ingress.Tally;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.ReportedHealth;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.service.StopReport;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.plugin.ServicePlugin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.test.StepVerifier;

/** A host with one plugin, which copies a queue of a broker to another; and what the plugin saw and asked for. */
final class HostedBridge {

    private static final String MANIFEST = """
            version: 1
            id: test.stomp
            release: 1.0.0
            services:
              - name: bridge
                class: io.headgate.host.ws.broker.Bridge
                connections:
                  - {name: broker, target: "${target}", access: [subscribe, send], subprotocols: [v12.stomp]}
            """;
    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: test.stomp
                release: 1.0.0
                websocket:
                  - {target: "${target}", access: [subscribe, send], subprotocols: [v12.stomp], addresses: loopback}
                limits: {queue-events: ${queue-events}}
                reconnect: ${reconnect}
                liveness: ${liveness}
                settings:
                  login: guest
                  passcode: guest
                  from: /queue/${from}
                  to: /queue/${to}
            """;

    private static final String REPORT = "OK: " + BridgeSettings.SUBSCRIBED;
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** Shorter than by default, so that a peer that has gone is given up soon. */
    private static final Duration IMPATIENT = Duration.ofSeconds(1);

    private final Set<Thread> threadsBefore = hostThreads();
    private final ReactorNettyDriver driver = ReactorNettyDriver.create();
    private final SeenEvents seen = new SeenEvents();
    private final SentCommands sent = new SentCommands();
    private final String from;
    private final String to;
    private final boolean brokerBeats;
    private final BridgeTerms terms;
    private final PluginHost host;
    private ServiceStatus last;

    private HostedBridge(
            ServicePlugin bridge,
            URI target,
            String name,
            int queueEvents,
            BridgeTerms terms,
            Map<String, String> settings) {
        this.terms = terms;
        from = name + ".in";
        to = name + ".out";
        brokerBeats = !settings.getOrDefault("heart-beat", "0,0").endsWith(",0");
        StringBuilder grants = new StringBuilder(GRANTS.replace("${target}", target.toString())
                .replace("${queue-events}", Integer.toString(queueEvents))
                .replace("${reconnect}", terms.reconnect())
                .replace("${liveness}", terms.liveness())
                .replace("${from}", from)
                .replace("${to}", to));
        settings.forEach((key, value) -> grants.append("      %s: \"%s\"%n".formatted(key, value)));
        Manifest manifest = Manifest.parse("plugin.yaml", MANIFEST.replace("${target}", target.toString()));
        host = PluginHost.builder()
                .driver(driver)
                .settings(HostSettings.defaults()
                        .withCloseTimeout(IMPATIENT)
                        .withDial(dial -> dial.withUpgrade(IMPATIENT)))
                .grants(GrantFile.parse("grants.yaml", grants.toString()))
                .plugin(
                        manifest,
                        (events, context) -> bridge.handle(events.doOnNext(seen::add), context)
                                .doOnNext(sent::add))
                .build();
    }

    /**
     * Starts a host and waits until the broker has confirmed the plugin's subscription.
     *
     * @param name of the queues: it copies {@code name.in} to {@code name.out}
     * @param terms of the grant, about the ends of sessions
     * @param settings what the plugin is told beside the queues and the login
     */
    static HostedBridge start(
            ServicePlugin bridge,
            URI target,
            String name,
            int queueEvents,
            BridgeTerms terms,
            Map<String, String> settings) {
        HostedBridge hosted = new HostedBridge(bridge, target, name, queueEvents, terms, settings);
        try {
            StepVerifier.create(hosted.host.start()).expectComplete().verify(LIMIT);
            hosted.subscribed(1);
        } catch (AssertionError e) {
            hosted.end();
            throw e;
        }
        return hosted;
    }

    /** Waits until that many sessions were subscribed, and the plugin has said so of the last one. */
    void subscribed(int sessions) {
        assertThat(eventually(seen::subscriptions, count -> count >= sessions))
                .as("%s", host.history())
                .isGreaterThanOrEqualTo(sessions);
        assertThat(eventually(
                        () -> status().reported().map(ReportedHealth::toString).orElse(""), REPORT::equals))
                .isEqualTo(REPORT);
    }

    /** How its sessions and dials have ended so far, as the operator is told. */
    List<String> ends() {
        return host.history().stream()
                .filter(told -> told instanceof Diagnostic.ConnectionChanged change
                        && change.state() == (terms.isManual() ? DOWN : WAITING))
                .map(told -> ((Diagnostic.ConnectionChanged) told).detail())
                .toList();
    }

    /** Invariants 2 and 7: every text and command is accounted for, and nothing is left. A second call changes nothing. */
    ServiceStatus stop() {
        if (last == null) {
            StopReport report = end();
            last = status();
            assertThat(report).isEqualTo(StopReport.CLEAN);
            nothingIsLeft(last);
        }
        return last;
    }

    private StopReport end() {
        StopReport report = host.stop(GRACE).block(LIMIT);
        StepVerifier.create(driver.disposeLater()).expectComplete().verify(LIMIT);
        return report;
    }

    private void nothingIsLeft(ServiceStatus status) {
        assertThat(status.state()).isEqualTo(ServiceState.STOPPED);
        assertThat(status.events().conserved()).as("%s", status.events()).isTrue();
        assertThat(status.events().queued()).isEqualTo(Tally.ZERO);
        onlyHeartBeatsAreDiscarded(status.events().discarded());
        assertThat(status.commands().conserved()).as("%s", status.commands()).isTrue();
        assertThat(status.commands().inFlight()).isZero();
        assertThat(status.commands().issued()).isEqualTo(sent.all().size());
        assertThat(eventually(this::threadsLeft, List::isEmpty)).isEmpty();
    }

    /** Those that came during the stop, a byte each; nothing at all of a broker that was asked for none. */
    private void onlyHeartBeatsAreDiscarded(Tally discarded) {
        assertThat(discarded.bytes()).as("%s", discarded).isEqualTo(discarded.events());
        if (!brokerBeats) {
            assertThat(discarded).isEqualTo(Tally.ZERO);
        }
    }

    ServiceStatus status() {
        return host.status().services().get(0);
    }

    ConnectionStatus connection() {
        return status().connections().get(0);
    }

    /** For a test that fails. */
    @Override
    public String toString() {
        return status() + ", " + host.history();
    }

    List<Diagnostic> history() {
        return host.history();
    }

    BridgeTerms terms() {
        return terms;
    }

    SeenEvents seen() {
        return seen;
    }

    SentCommands sent() {
        return sent;
    }

    /** The queue it takes messages from. */
    String from() {
        return from;
    }

    /** The queue it copies them to. */
    String to() {
        return to;
    }

    private List<String> threadsLeft() {
        return hostThreads().stream()
                .filter(thread -> !threadsBefore.contains(thread))
                .map(Thread::getName)
                .toList();
    }

    private static Set<Thread> hostThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("headgate-"))
                .collect(Collectors.toSet());
    }
}
