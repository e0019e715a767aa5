package io.headgate.samples.quickstart;

import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.ServiceStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The host's status, a line for each connection. */
final class StatusTable {

    private static final String ROW = "%-10s %-10s %5s  %-12s %8s %5s %13s  %s";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private StatusTable() {}

    static List<String> of(ServiceStatus status) {
        String head =
                row("connection", "state", "epoch", "last frame", "received", "drops", "send failures", "last error");
        return Stream.concat(Stream.of("", head), status.connections().stream().map(StatusTable::row))
                .toList();
    }

    private static String row(ConnectionStatus connection) {
        long at = connection.lastFrameAtMillis();
        return row(
                connection.connection(),
                connection.state().toString(),
                "" + connection.epoch(),
                at == 0 ? "-" : TIME.format(Instant.ofEpochMilli(at)),
                "" + connection.events().received().events(),
                "" + connection.events().dropped().events(),
                "" + connection.commands().failed(),
                connection.lastError().isEmpty() ? "-" : Narrator.printable(connection.lastError()));
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells);
    }
}
