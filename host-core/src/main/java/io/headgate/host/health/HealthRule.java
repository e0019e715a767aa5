package io.headgate.host.health;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostStatus;
import io.headgate.host.service.ReportedHealth;
import io.headgate.host.service.ServiceStatus;
import io.headgate.plugin.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes of a status what it means: the one place that knows what counts as a fault, for probes, metrics and pages alike.
 *
 * <ul>
 *   <li>A service is not ready when it was not started, is {@code STALLED}, a {@code ZOMBIE}, has {@code FAILED}, is stopping, says
 *       so itself, or has no connection: each that was asked for is {@code DENIED}, {@code DOWN} or late.
 *   <li>It is degraded while it is {@code RESTARTING}, while it says so itself, and by each connection of it that is {@code DENIED},
 *       {@code DOWN}, late or held.
 *   <li>Nothing is wrong with a service that has {@code FINISHED}, nor with a connection that was never dialled, as its manifest
 *       declares a pattern and the plugin has opened none.
 * </ul>
 *
 * @param late how long a connection may be without a session while it is dialled again and again; from 1 ms to 1 day;
 *     default 60 s
 * @param held how long a full queue may hold one without a break; from 1 ms to 1 day; default 10 s
 */
public record HealthRule(Duration late, Duration held) {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final HealthRule DEFAULTS = new HealthRule(Duration.ofSeconds(60), Duration.ofSeconds(10));

    private static final Map<ServiceState, HealthCause> STATES = Map.of(
            ServiceState.NEW, HealthCause.NOT_STARTED,
            ServiceState.STALLED, HealthCause.STALLED,
            ServiceState.RESTARTING, HealthCause.RESTARTING,
            ServiceState.ZOMBIE, HealthCause.ZOMBIE,
            ServiceState.FAILED, HealthCause.FAILED,
            ServiceState.STOPPING, HealthCause.STOPPING,
            ServiceState.STOPPED, HealthCause.STOPPING);

    /** Checks the components. */
    public HealthRule {
        bounded("late", late);
        bounded("held", held);
    }

    /**
     * The defaults.
     *
     * @return each component's default
     */
    public static HealthRule defaults() {
        return DEFAULTS;
    }

    /**
     * With another bound on being without a session.
     *
     * @param bound see {@link #late()}
     * @return the new rule
     */
    public HealthRule withLate(Duration bound) {
        return new HealthRule(bound, held);
    }

    /**
     * With another bound on being held.
     *
     * @param bound see {@link #held()}
     * @return the new rule
     */
    public HealthRule withHeld(Duration bound) {
        return new HealthRule(late, bound);
    }

    /**
     * Looks at a status.
     *
     * @param status how everything is
     * @return what is wrong with it
     */
    public HealthReport of(HostStatus status) {
        List<HealthFinding> findings = status.services().stream()
                .flatMap(service -> service(service, status.atMillis()))
                .sorted(Comparator.comparing(
                        (HealthFinding finding) -> finding.cause().readiness(), Comparator.reverseOrder()))
                .toList();
        return new HealthReport(status.atMillis(), findings);
    }

    private Stream<HealthFinding> service(ServiceStatus service, long now) {
        HealthCause state = STATES.get(service.state());
        if (service.state() == ServiceState.FINISHED || state == HealthCause.STOPPING) {
            return Stream.ofNullable(state).map(cause -> life(service, cause));
        }
        List<HealthFinding> connections = new ArrayList<>();
        service.connections()
                .forEach(connection -> cause(connection, now)
                        .map(cause -> connection(service, connection, cause))
                        .ifPresent(connections::add));
        return Stream.of(
                        Stream.ofNullable(state).map(cause -> life(service, cause)),
                        reported(service).stream(),
                        unconnected(service, connections).stream(),
                        connections.stream())
                .flatMap(each -> each);
    }

    private static HealthFinding life(ServiceStatus service, HealthCause cause) {
        String inHand = service.life()
                .inHand()
                .filter(event -> cause == HealthCause.STALLED || cause == HealthCause.ZOMBIE)
                .map(event -> "event " + event.event() + " has been in hand for " + event.ageMillis() + " ms")
                .orElse("");
        String detail = Stream.of(service.life().lastFailure(), inHand)
                .filter(Predicate.not(String::isEmpty))
                .reduce((failure, event) -> failure + "; " + event)
                .orElse("");
        return new HealthFinding(cause, name(service), "", service.life().sinceMillis(), detail);
    }

    /** What an incarnation said that has ended says nothing of the next. */
    private static Optional<HealthFinding> reported(ServiceStatus service) {
        return service.reported()
                .filter(said -> said.incarnation() == service.incarnation() && said.health() != Health.OK)
                .map(said -> reported(service, said));
    }

    private static HealthFinding reported(ServiceStatus service, ReportedHealth said) {
        HealthCause cause =
                said.health() == Health.FAILING ? HealthCause.REPORTED_FAILING : HealthCause.REPORTED_DEGRADED;
        return new HealthFinding(cause, name(service), "", said.atMillis(), said.detail());
    }

    private static Optional<HealthFinding> unconnected(ServiceStatus service, List<HealthFinding> connections) {
        long asked = service.connections().stream()
                .filter(Predicate.not(HealthRule::isUnasked))
                .count();
        List<HealthFinding> without = connections.stream()
                .filter(finding -> finding.cause() != HealthCause.HELD)
                .toList();
        if (asked == 0 || without.size() < asked) {
            return Optional.empty();
        }
        long since =
                without.stream().mapToLong(HealthFinding::sinceMillis).max().orElse(0);
        return Optional.of(new HealthFinding(
                HealthCause.NO_CONNECTION,
                name(service),
                "",
                since,
                "none of its connections is open: " + asked + " asked for"));
    }

    private Optional<HealthCause> cause(ConnectionStatus connection, long now) {
        return switch (connection.state()) {
            case DENIED -> Optional.of(HealthCause.DENIED);
            case DOWN -> isUnasked(connection) ? Optional.empty() : Optional.of(HealthCause.DOWN);
            case CONNECTING, WAITING ->
                now - connection.sinceMillis() > late.toMillis() ? Optional.of(HealthCause.LATE) : Optional.empty();
            case OPEN -> isHeld(connection, now) ? Optional.of(HealthCause.HELD) : Optional.empty();
            case IDLE, STOPPED -> Optional.empty();
        };
    }

    private static boolean isUnasked(ConnectionStatus connection) {
        return connection.attempts() == 0
                && (connection.state() == ConnectionState.DOWN || connection.state() == ConnectionState.IDLE);
    }

    private boolean isHeld(ConnectionStatus connection, long now) {
        long since = connection.hold().held().sinceMillis();
        return since > 0 && now - since > held.toMillis();
    }

    private static HealthFinding connection(ServiceStatus service, ConnectionStatus connection, HealthCause cause) {
        // What went wrong before has nothing to do with a queue that is full now.
        return cause == HealthCause.HELD
                ? new HealthFinding(
                        cause,
                        name(service),
                        connection.connection(),
                        connection.hold().held().sinceMillis(),
                        "")
                : new HealthFinding(
                        cause,
                        name(service),
                        connection.connection(),
                        connection.sinceMillis(),
                        connection.lastError());
    }

    private static String name(ServiceStatus service) {
        return service.plugin() + "/" + service.service();
    }

    private static void bounded(String what, Duration bound) {
        Objects.requireNonNull(bound, what);
        if (bound.toMillis() < 1 || bound.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " must be from 1 ms to 1 day, is " + bound);
        }
    }
}
