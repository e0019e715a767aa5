package io.headgate.host.ws.soak;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.HostStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.service.StopReport;
import io.headgate.host.ws.DialCounts;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The host with all its services, and what its operator takes from them. What changes grants is for one thread. */
final class SoakHost {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Short, so that a history is full long before memory is looked at. */
    static final int HISTORY = 16;

    private final IntUnaryOperator ports;
    private final List<SoakPlugin> plugins;
    private final ReactorNettyDriver driver = ReactorNettyDriver.create();
    private final PluginHost host;
    private final Set<Integer> silenced = ConcurrentHashMap.newKeySet();
    private final Set<Integer> banned = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Withheld> withheld = new ConcurrentHashMap<>();

    /**
     * What was, when a change that took something was acknowledged.
     *
     * @param banned whether all was taken, or the sending only
     * @param before the service at that moment
     */
    record Withheld(boolean banned, ServiceStatus before) {}

    /**
     * Makes one that is not started.
     *
     * @param ports the port to dial for the peer's port of that index
     */
    SoakHost(IntUnaryOperator ports, Verdict verdict) {
        this.ports = ports;
        plugins = IntStream.range(0, Place.SERVICES)
                .mapToObj(service -> new SoakPlugin(service, verdict))
                .toList();
        var builder = PluginHost.builder()
                .driver(driver)
                .settings(HostSettings.defaults()
                        .withCloseTimeout(Duration.ofSeconds(2))
                        .withStalledAfter(Duration.ofSeconds(2))
                        .withDiagnosticsHistory(HISTORY)
                        .withDial(dial -> dial.withUpgrade(Duration.ofSeconds(2))))
                .grants(Roster.grants(ports, silenced, banned));
        for (Roster plugin : Roster.values()) {
            Map<String, ServicePlugin> services = new HashMap<>();
            plugin.services().forEach(service -> services.put(Place.serviceName(service), plugins.get(service)));
            builder.plugin(plugin.manifest(ports), services);
        }
        host = builder.build();
    }

    void start() {
        host.start().block(LIMIT);
    }

    HostStatus status() {
        return host.status();
    }

    /** The number of a service. */
    static int numberOf(ServiceStatus service) {
        return Place.numberOf(service.service());
    }

    DialCounts dials() {
        return driver.dials();
    }

    SoakPlugin plugin(int service) {
        return plugins.get(service);
    }

    @Nullable
    Withheld withheld(int service) {
        return withheld.get(service);
    }

    /** Whether each service has what it is granted at first: what is known of one that has not lives as long. */
    boolean withholdsNothing() {
        return silenced.isEmpty() && banned.isEmpty() && withheld.isEmpty();
    }

    /** Takes from a service; answers whether it had it. */
    boolean take(SoakFault.OfOperator fault, Runnable acknowledged) {
        int service = fault.service();
        boolean bans = fault instanceof SoakFault.Bans;
        if (silenced.contains(service) || banned.contains(service)) {
            return false;
        }
        (bans ? banned : silenced).add(service);
        host.grants(Roster.grants(ports, silenced, banned)).subscribe(nothing -> {}, failed -> {}, () -> {
            withheld.put(service, new Withheld(bans, status(service)));
            acknowledged.run();
        });
        return true;
    }

    /** Gives back what was taken, if it was acknowledged; answers whether it was. */
    boolean giveBack(int service) {
        if (withheld.remove(service) == null) {
            return false;
        }
        silenced.remove(service);
        banned.remove(service);
        host.grants(Roster.grants(ports, silenced, banned)).subscribe();
        return true;
    }

    private ServiceStatus status(int service) {
        return host.status().services().stream()
                .filter(status -> numberOf(status) == service)
                .findFirst()
                .orElseThrow();
    }

    /** Whether each service runs and each of its connections is open. */
    static boolean isUp(HostStatus status) {
        return status.services().stream()
                .allMatch(service -> service.state() == ServiceState.RUNNING
                        && service.connections().stream()
                                .allMatch(connection -> connection.state() == ConnectionState.OPEN));
    }

    /** Whether nothing waits, either way. */
    static boolean isQuiet(HostStatus status) {
        return status.services().stream()
                .allMatch(service -> service.events().queued().events() == 0
                        && service.commands().inFlight() == 0
                        && service.life().inHand().isEmpty());
    }

    StopReport stop() {
        StopReport report = host.stop(GRACE).block(LIMIT);
        driver.disposeLater().block(LIMIT);
        return report;
    }
}
