package io.headgate.host.metrics;

import static io.headgate.host.metrics.StatusMeter.counter;
import static io.headgate.host.metrics.StatusMeter.gauge;
import static io.headgate.host.metrics.StatusMeter.oneIf;

import io.headgate.host.authority.Rule;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.exchange.ExchangeCounts;
import io.headgate.host.service.ServiceStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What is measured of a service as a whole. */
final class ServiceMeters {

    static final List<StatusMeter<ServiceStatus>> ALL = Stream.of(states(), life(), refusals(), exchanges())
            .flatMap(meters -> meters)
            .toList();

    private ServiceMeters() {}

    private static Stream<StatusMeter<ServiceStatus>> states() {
        Stream<StatusMeter<ServiceStatus>> ofService = Arrays.stream(ServiceState.values())
                .map(state -> StatusMeter.<ServiceStatus>gauge(
                                "headgate.service.state",
                                "1 for the state that the service is in, 0 for the others",
                                status -> oneIf(status.state() == state))
                        .with("state", wireName(state)));
        Stream<StatusMeter<ServiceStatus>> ofConnections = Arrays.stream(ConnectionState.values())
                .map(state -> StatusMeter.<ServiceStatus>gauge(
                                "headgate.connections",
                                "how many of its connections are in the state",
                                status -> status.connections().stream()
                                        .filter(connection -> connection.state() == state)
                                        .count())
                        .with("state", wireName(state)));
        return Stream.concat(ofService, ofConnections);
    }

    private static Stream<StatusMeter<ServiceStatus>> life() {
        return Stream.of(
                counter(
                        "headgate.service.restarts",
                        "how often it was started again",
                        status -> status.life().restarts()),
                StatusMeter.<ServiceStatus>gauge(
                                "headgate.service.event.age",
                                "how long the plugin has had its event in hand; 0 for none",
                                status -> status.life()
                                        .inHand()
                                        .map(event -> event.ageMillis() / 1e3)
                                        .orElse(0.0))
                        .in(StatusMeter.SECONDS),
                gauge(
                        "headgate.texts.queued.limit",
                        "how many texts may wait for it",
                        status -> status.queue().events()),
                StatusMeter.<ServiceStatus>gauge(
                                "headgate.queued.limit",
                                "how large the texts that wait for it may be together",
                                status -> status.queue().bytes())
                        .in(StatusMeter.BYTES),
                counter(
                        "headgate.events.failed",
                        "events that the plugin could not handle",
                        status -> status.counts().eventsFailed()),
                counter(
                        "headgate.commands.held.back",
                        "commands of a plugin that floods",
                        status -> status.counts().commandsHeldBack()),
                counter(
                        "headgate.outcomes.lost",
                        "outcomes that the plugin was too slow for",
                        status -> status.counts().outcomesLost()));
    }

    private static Stream<StatusMeter<ServiceStatus>> refusals() {
        return Arrays.stream(Rule.values())
                .map(rule -> StatusMeter.<ServiceStatus>counter(
                                "headgate.commands.refused",
                                "commands that the rule refused",
                                status -> status.commands().refusedBy().getOrDefault(rule, 0L))
                        .with("rule", rule.wireName()));
    }

    private static Stream<StatusMeter<ServiceStatus>> exchanges() {
        return Stream.of(
                counter(
                        "headgate.exchanges.asked",
                        "exchanges that the plugin asked for",
                        status -> status.exchanges().asked()),
                ended("refused", ExchangeCounts::refused),
                ended("closed", ExchangeCounts::closed),
                ended("failed", ExchangeCounts::failed),
                ended("expired", ExchangeCounts::expired),
                gauge(
                        "headgate.exchanges.open",
                        "exchanges that are open",
                        status -> status.exchanges().open()));
    }

    private static StatusMeter<ServiceStatus> ended(String result, ToLongFunction<ExchangeCounts> count) {
        return StatusMeter.<ServiceStatus>counter(
                        "headgate.exchanges.ended",
                        "exchanges that have ended",
                        status -> count.applyAsLong(status.exchanges()))
                .with("result", result);
    }

    private static String wireName(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
