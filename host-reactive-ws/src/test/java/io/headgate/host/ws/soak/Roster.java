package io.headgate.host.ws.soak;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Who runs: a plugin for each overflow policy, with five services each; and what it is granted. */
enum Roster {
    NEWEST("drop-newest", "binary: ignore", "hand-over", ""),
    OLDEST("drop-oldest", "connection-share: 50%", "discard", ""),
    CLOSE("close", "connection-share: 50%", "hand-over", ", send-budget: 50/1s"),
    HOLD("hold", "hold: {longest: 2s, end: close}", "hand-over", "");

    static final int QUEUE_EVENTS = 64;
    static final int QUEUE_BYTES = 128 * 1024;
    static final int MESSAGE_BYTES = 8 * 1024;

    private static final List<Roster> ALL = List.of(values());
    private static final String HEAD = "version: 1%nid: %s%nrelease: 1.0.0%nservices:%n";
    private static final String SERVICE = "  - name: %s%n    class: none%n    connections:%n";
    private static final String CONNECTION =
            "      - {name: %s, target: \"ws://127.0.0.1:%d%s\", access: [subscribe, send]}%n";
    private static final String ENTRY =
            "      - {target: \"ws://127.0.0.1:%d/%s/**\", access: [%s], addresses: loopback%s}%n";
    private static final String GRANT = """
                limits:
                  queue-events: %d
                  queue-bytes: %dKiB
                  message-bytes: %dKiB
                  overflow: %s
                  %s
                reconnect: {policy: backoff, first: 100ms, max: 2s, stable-after: 1s, per-day: 100000}
                liveness: {ping-interval: 1s, pong-timeout: 3s, no-bytes: 5s, no-data: 30s}
                restart: {attempts: 1000000, first: 50ms, max: 500ms, stable-after: 1s, waiting: %s}
            """;

    private final String overflow;
    private final String limit;
    private final String waiting;
    private final String budget;

    Roster(String overflow, String limit, String waiting, String budget) {
        this.overflow = overflow;
        this.limit = limit;
        this.waiting = waiting;
        this.budget = budget;
    }

    static Roster of(int service) {
        return ALL.get(service % ALL.size());
    }

    /** Which of the peer's ports a service dials: the services of one port are of all the plugins. */
    static int port(int service) {
        return service / ALL.size();
    }

    static int ports() {
        return Place.SERVICES / ALL.size();
    }

    /** Whether texts that wait for a service that failed are thrown away: without a Gap, but counted. */
    boolean discards() {
        return waiting.equals("discard");
    }

    /** The most events of one connection that wait. */
    int connectionEvents() {
        return limit.startsWith("connection-share") ? QUEUE_EVENTS / 2 : QUEUE_EVENTS;
    }

    String id() {
        return "soak." + overflow;
    }

    List<Integer> services() {
        return IntStream.range(0, Place.SERVICES)
                .filter(service -> of(service) == this)
                .boxed()
                .toList();
    }

    /**
     * What it asks for.
     *
     * @param ports the port that leads to the peer's port of that index
     */
    Manifest manifest(IntUnaryOperator ports) {
        StringBuilder yaml = new StringBuilder(HEAD.formatted(id()));
        for (int service : services()) {
            yaml.append(SERVICE.formatted(Place.serviceName(service)));
            for (int connection = 0; connection < Place.CONNECTIONS; connection++) {
                Place place = new Place(service, connection);
                yaml.append(CONNECTION.formatted(place.name(), ports.applyAsInt(port(service)), place.path()));
            }
        }
        return Manifest.parse("plugin.yaml", yaml.toString());
    }

    /**
     * What all of them are given.
     *
     * @param silenced the services that may send nothing
     * @param banned the services that may not even be connected
     */
    static GrantFile grants(IntUnaryOperator ports, Set<Integer> silenced, Set<Integer> banned) {
        StringBuilder yaml = new StringBuilder("version: 1%ngrants:%n".formatted());
        for (Roster plugin : values()) {
            yaml.append("  - plugin: %s%n    websocket:%n".formatted(plugin.id()));
            for (int service : plugin.services()) {
                if (!banned.contains(service)) {
                    yaml.append(plugin.entry(ports, service, silenced.contains(service)));
                }
            }
            yaml.append(GRANT.formatted(
                    QUEUE_EVENTS,
                    QUEUE_BYTES / 1024,
                    MESSAGE_BYTES / 1024,
                    plugin.overflow,
                    plugin.limit,
                    plugin.waiting));
        }
        return GrantFile.parse("grants.yaml", yaml.toString());
    }

    private String entry(IntUnaryOperator ports, int service, boolean silent) {
        return ENTRY.formatted(
                ports.applyAsInt(port(service)),
                Place.serviceName(service),
                silent ? "subscribe" : "subscribe, send",
                silent ? "" : budget);
    }
}
