package io.headgate.samples.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A status for a terminal.
 *
 * @param colours whether it may have any
 */
record StatusTable(boolean colours) {

    private static final Set<String> GOOD = Set.of("open", "running", "finished", "ready");
    private static final Set<String> BAD = Set.of("down", "denied", "stalled", "zombie", "failed", "not-ready");

    private static final List<String> SERVICES =
            List.of("SERVICE", "STATE", "SINCE", "OPEN", "QUEUE", "RECEIVED", "DROPPED", "SENT", "REFUSED", "RESTARTS");
    private static final List<String> CONNECTIONS = List.of(
            "CONNECTION",
            "STATE",
            "SINCE",
            "EPOCH",
            "LAST FRAME",
            "RECEIVED",
            "DROPPED",
            "SENT",
            "REFUSED",
            "FAILED",
            "NEXT",
            "LAST ERROR");

    String write(JsonNode status) {
        long now = status.at("/atMillis").asLong();
        StringBuilder text = new StringBuilder();
        text.append(coloured(status.at("/health/readiness").asString())).append('\n');
        status.at("/health/findings").forEach(finding -> text.append(finding(finding, now)));
        List<List<String>> services = new ArrayList<>();
        List<List<String>> connections = new ArrayList<>();
        status.at("/services").forEach(service -> {
            services.add(service(service, now));
            service.at("/connections").forEach(connection -> connections.add(connection(service, connection, now)));
        });
        return text.append('\n')
                .append(table(SERVICES, services))
                .append('\n')
                .append(table(CONNECTIONS, connections))
                .toString();
    }

    private static String finding(JsonNode finding, long now) {
        String connection = finding.at("/connection").asString();
        String detail = finding.at("/detail").asString();
        return "  " + finding.at("/service").asString() + (connection.isEmpty() ? "" : " " + connection) + ": "
                + finding.at("/cause").asString().replace('-', ' ') + ", for "
                + age(finding.at("/sinceMillis").asLong(), now) + (detail.isEmpty() ? "" : ": " + detail)
                + "\n    " + finding.at("/remedy").asString() + "\n";
    }

    private static String name(JsonNode service) {
        return service.at("/plugin").asString() + "/" + service.at("/service").asString();
    }

    private static List<String> service(JsonNode service, long now) {
        long open = StreamSupport.stream(service.at("/connections").spliterator(), false)
                .filter(connection -> connection.at("/state").asString().equals("open"))
                .count();
        return List.of(
                name(service),
                service.at("/life/state").asString(),
                age(service.at("/life/sinceMillis").asLong(), now),
                open + "/" + service.at("/connections").size(),
                service.at("/events/queued/events").asLong() + "/"
                        + service.at("/queue/events").asLong(),
                service.at("/events/received/events").asString(),
                "" + sum(service.at("/events/drops")),
                service.at("/commands/sent").asString(),
                "" + refused(service),
                service.at("/life/restarts").asString());
    }

    private static List<String> connection(JsonNode service, JsonNode connection, long now) {
        long last = connection.at("/lastFrameAtMillis").asLong();
        long next = connection.at("/nextAttemptAtMillis").asLong();
        return List.of(
                name(service) + " " + connection.at("/connection").asString(),
                connection.at("/state").asString(),
                age(connection.at("/sinceMillis").asLong(), now),
                connection.at("/epoch").asString(),
                last == 0 ? "never" : age(last, now) + " ago",
                connection.at("/events/received/events").asString(),
                "" + sum(connection.at("/events/drops")),
                connection.at("/commands/sent").asString(),
                "" + refused(connection),
                connection.at("/commands/failed").asString(),
                next == 0 ? "-" : "in " + age(now, next),
                connection.at("/lastError").asString());
    }

    private static long refused(JsonNode counts) {
        return counts.at("/commands/denied").asLong()
                + counts.at("/commands/rejected").asLong();
    }

    private static long sum(JsonNode drops) {
        return StreamSupport.stream(drops.spliterator(), false)
                .mapToLong(tally -> tally.at("/events").asLong())
                .sum();
    }

    private static String age(long sinceMillis, long nowMillis) {
        if (sinceMillis == 0) {
            return "-";
        }
        Duration age = Duration.ofMillis(Math.max(0, nowMillis - sinceMillis));
        if (age.toDays() > 0) {
            return age.toDays() + "d" + age.toHoursPart() + "h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h" + age.toMinutesPart() + "m";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m" + age.toSecondsPart() + "s" : age.toSeconds() + "s";
    }

    private String table(List<String> head, List<List<String>> rows) {
        int[] widths = new int[head.size()];
        for (int column = 0; column < widths.length; column++) {
            int at = column;
            widths[column] = Math.max(
                    head.get(column).length(),
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
        }
        return line(head, widths) + rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    /** The state, which is the second, in its colour: behind the padding, which colours would be counted in. */
    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(column == widths.length - 1 ? 0 : widths[column] - cell.length() + 2);
            line.append(column == 1 ? coloured(cell) : cell).append(padding);
        }
        return line.toString().stripTrailing() + "\n";
    }

    private String coloured(String state) {
        if (!colours) {
            return state;
        }
        String colour = GOOD.contains(state) ? "32" : BAD.contains(state) ? "31" : "33";
        return "\u001b[" + colour + "m" + state + "\u001b[0m";
    }
}
