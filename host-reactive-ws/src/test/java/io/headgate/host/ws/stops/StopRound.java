package io.headgate.host.ws.stops;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.PluginHostBuilder;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.service.StopReport;
import io.headgate.host.ws.ReactorNettyDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One host: started, brought into the states of its kind, stopped, and looked at. */
final class StopRound {

    private static final String MANIFEST = """
            version: 1
            id: %s
            release: 1.0.0
            services:
              - name: s
                class: none
                connections:
                  - {name: c, target: "ws://127.0.0.1:%d%s", access: [subscribe, send]}
            """;
    private static final String GRANT = """
              - plugin: %s
                websocket:
                  - {target: "ws://127.0.0.1:%d%s", access: [subscribe, send], addresses: loopback%s}
                liveness: {ping-interval: 1h, pong-timeout: 1h, no-bytes: 1h}
                %s
            """;

    /** Longer than anything waits here: a timer that is left must not run by itself, and so be none. */
    private static final Duration HOUR = Duration.ofHours(1);

    private final RoundKind kind;
    private final StopPeer peer;
    private final CountedTimers timers;
    private final Blockade blockade = new Blockade();
    private final List<Scheduler> lent = new ArrayList<>();
    private final AtomicReference<StopReport> stopped = new AtomicReference<>();
    private final PluginHost host;

    StopRound(
            RoundKind kind,
            StopPeer peer,
            ReactorNettyDriver driver,
            CountedTimers timers,
            JarRound jar,
            boolean lends) {
        this.kind = kind;
        this.peer = peer;
        this.timers = timers;
        PluginHostBuilder builder = PluginHost.builder()
                .driver(driver)
                .settings(HostSettings.defaults()
                        .withCloseTimeout(kind.closeTimeout())
                        .withDial(dial -> dial.withTcp(HOUR).withUpgrade(HOUR)))
                .grants(grants(jar));
        kind.states().forEach(state -> builder.plugin(manifest(state), state.plugin(blockade)));
        if (jar.isIn(kind)) {
            builder.jar(jar.jar());
        }
        if (lends) {
            builder.schedulers(timers, this::lend);
        }
        host = builder.build();
    }

    private Scheduler lend(String service) {
        // Not a thread of Reactor's: plugin code may block it.
        Scheduler worker = Schedulers.newSingle(task -> {
            Thread thread = new Thread(task, "stops-lent-" + service);
            thread.setDaemon(true);
            return thread;
        });
        lent.add(worker);
        return worker;
    }

    private Manifest manifest(StopState state) {
        return Manifest.parse(
                "plugin.yaml",
                MANIFEST.formatted(state.id(), peer.port(), state.manner().path()));
    }

    private GrantFile grants(JarRound jar) {
        StringBuilder yaml = new StringBuilder("version: 1\ngrants:\n");
        for (StopState state : kind.states()) {
            String path = state.isGranted() ? state.manner().path() : "/elsewhere";
            yaml.append(GRANT.formatted(state.id(), peer.port(), path, state.budget(), state.granted()));
        }
        if (jar.isIn(kind)) {
            yaml.append(jar.grant());
        }
        return GrantFile.parse("grants.yaml", yaml.toString());
    }

    /** Ends with nothing left, or throws. */
    void run() {
        try {
            host.start().block(Eventually.LIMIT);
            Eventually.holds(this::isReached, () -> kind + " is not in its states: " + elsewhere());
            host.stop(kind.grace()).subscribe(stopped::set);
            Eventually.holds(() -> stopped.get() != null, () -> kind + " does not stop: " + running());
            StopReport report = stopped.get();
            assertThat(report).matches(kind::isAsExpected, "is as expected of " + kind);
            assertThat(busy(report.zombies())).isEmpty();
        } finally {
            blockade.release();
            host.stop(Duration.ZERO).subscribe();
            lent.forEach(Scheduler::dispose);
        }
        Eventually.holds(() -> busy(List.of()).isEmpty(), () -> kind + " is not quiet: " + busy(List.of()));
        peer.read();
        Eventually.holds(() -> peer.sockets() == 0, () -> peer.sockets() + " sockets are open after " + kind);
        Eventually.holds(() -> timers.pending() == 0, () -> timers.pending() + " timers are pending after " + kind);
    }

    private boolean isReached() {
        boolean muted = !kind.states().contains(StopState.CONNECTING) || peer.unanswered() > 0;
        return muted && blockade.waiting() == kind.blocked() && elsewhere().isEmpty();
    }

    /** The services that are not yet as they shall be. */
    private List<ServiceStatus> elsewhere() {
        List<ServiceStatus> services = host.status().services();
        List<ServiceStatus> elsewhere = new ArrayList<>();
        int index = 0;
        for (StopState state : kind.states()) {
            ServiceStatus service = services.get(index++);
            if (!state.isReached(service)) {
                elsewhere.add(service);
            }
        }
        services.stream().filter(JarRound::isComing).forEach(elsewhere::add);
        return elsewhere;
    }

    private List<ServiceStatus> running() {
        return host.status().services().stream()
                .filter(service -> service.state() == ServiceState.STOPPING)
                .toList();
    }

    /** Code that has not returned may still say something, which is refused: of such services it is so in a moment. */
    private List<ServiceStatus> busy(List<String> but) {
        return host.status().services().stream()
                .filter(service -> !isQuiet(service) && !but.contains(service.plugin() + "/" + service.service()))
                .toList();
    }

    private static boolean isQuiet(ServiceStatus service) {
        return service.events().conserved()
                && service.events().queued().events() == 0
                && service.commands().conserved()
                && service.commands().inFlight() == 0;
    }
}
