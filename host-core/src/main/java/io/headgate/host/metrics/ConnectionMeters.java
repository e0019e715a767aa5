package io.headgate.host.metrics;

import static io.headgate.host.metrics.StatusMeter.counter;
import static io.headgate.host.metrics.StatusMeter.gauge;
import static io.headgate.host.metrics.StatusMeter.oneIf;
import static io.headgate.host.metrics.StatusMeter.timestamp;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.ingress.DiscardReason;
import io.headgate.host.ingress.DropReason;
import io.headgate.host.ingress.Tally;
import io.headgate.host.service.ConnectionStatus;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is measured of a connection. */
final class ConnectionMeters {

    static final List<StatusMeter<ConnectionStatus>> ALL = Stream.of(state(), texts(), CommandMeters.ofConnection())
            .flatMap(List::stream)
            .toList();

    private ConnectionMeters() {}

    private static List<StatusMeter<ConnectionStatus>> state() {
        return List.of(
                gauge(
                        "headgate.connection.open",
                        "1 while a session is open",
                        status -> oneIf(status.state() == ConnectionState.OPEN)),
                timestamp(
                        "headgate.connection.since.timestamp",
                        "since when it is open, or is not; 0 before its first dial",
                        ConnectionStatus::sinceMillis),
                timestamp(
                        "headgate.connection.last.frame.timestamp",
                        "when its last frame arrived; 0 before any has",
                        ConnectionStatus::lastFrameAtMillis),
                timestamp(
                        "headgate.connection.next.attempt.timestamp",
                        "when it is dialled again; 0 where it does not wait for that",
                        ConnectionStatus::nextAttemptAtMillis),
                counter("headgate.connection.dials", "how often it was dialled", ConnectionStatus::attempts),
                counter("headgate.connection.sessions", "sessions that have opened", ConnectionStatus::epoch),
                counter(
                        "headgate.connection.frames",
                        "frames that arrived, of every kind",
                        status -> status.frames().frames()),
                counter(
                        "headgate.connection.pings",
                        "pings that the host sent",
                        status -> status.pings().sent()),
                counter(
                        "headgate.connection.pongs",
                        "those that were answered before the next one",
                        status -> status.pings().answered()),
                StatusMeter.<ConnectionStatus>gauge(
                                "headgate.connection.ping.round.trip",
                                "how long the last answer to a ping took; 0 before any has come",
                                status -> status.pings().roundTripMicros() / 1e6)
                        .in(StatusMeter.SECONDS),
                gauge(
                        "headgate.connection.held",
                        "1 while a full queue holds it back",
                        status -> oneIf(status.hold().held().sinceMillis() > 0)),
                counter(
                        "headgate.connection.holds",
                        "how often a full queue held it back",
                        status -> status.hold().held().times()));
    }

    private static List<StatusMeter<ConnectionStatus>> texts() {
        return Stream.of(
                        both(
                                "received",
                                "texts that arrived",
                                status -> status.events().received()),
                        both(
                                "delivered",
                                "texts that were handed to the plugin",
                                status -> status.events().delivered()),
                        Arrays.stream(DropReason.values())
                                .flatMap(reason -> both(
                                                "dropped",
                                                "texts that the overflow policy refused or evicted",
                                                status ->
                                                        status.events().drops().getOrDefault(reason, Tally.ZERO))
                                        .map(meter -> meter.with("reason", reason.wireName()))),
                        Arrays.stream(DiscardReason.values())
                                .flatMap(reason -> both(
                                                "discarded",
                                                "texts that no plugin was there to take",
                                                status -> status.events()
                                                        .discards()
                                                        .getOrDefault(reason, Tally.ZERO))
                                        .map(meter -> meter.with("reason", reason.wireName()))),
                        Stream.<StatusMeter<ConnectionStatus>>of(
                                gauge(
                                        "headgate.texts.queued",
                                        "texts that wait for the plugin",
                                        status -> status.events().queued().events()),
                                StatusMeter.<ConnectionStatus>gauge(
                                                "headgate.queued",
                                                "the size of the texts that wait for the plugin",
                                                status ->
                                                        status.events().queued().bytes())
                                        .in(StatusMeter.BYTES),
                                counter(
                                        "headgate.gaps",
                                        "Gaps that were delivered",
                                        status -> status.events().gaps())))
                .flatMap(meters -> meters)
                .toList();
    }

    /** In texts and in bytes. */
    private static Stream<StatusMeter<ConnectionStatus>> both(
            String what, String description, Function<ConnectionStatus, Tally> tally) {
        return Stream.of(
                counter(
                        "headgate.texts." + what,
                        description,
                        status -> tally.apply(status).events()),
                StatusMeter.<ConnectionStatus>counter(
                                "headgate." + what,
                                description + ", their size",
                                status -> tally.apply(status).bytes())
                        .in(StatusMeter.BYTES));
    }
}
