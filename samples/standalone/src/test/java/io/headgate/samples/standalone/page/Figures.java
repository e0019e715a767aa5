package io.headgate.samples.standalone.page;

import com.microsoft.playwright.Page;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.ingress.Tally;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What somebody says of each connection: a number by {@code plugin/service connection figure}. All but the queue only grow. */
final class Figures {

    static final String QUEUED = "queued";

    /** A figure as a meter, and which tag tells that a meter is of it. */
    private static final Map<String, List<String>> METERS = Map.of(
            "headgate_texts_received_total", List.of("received", ""),
            "headgate_texts_delivered_total", List.of("delivered", ""),
            "headgate_texts_dropped_total", List.of("dropped", ""),
            "headgate_texts_discarded_total", List.of("discarded", ""),
            "headgate_texts_queued", List.of(QUEUED, ""),
            "headgate_received_bytes_total", List.of("received bytes", ""),
            "headgate_connection_sessions_total", List.of("sessions", ""),
            "headgate_commands_decided_total", List.of("", "result"));

    private static final Pattern METER = Pattern.compile("(\\w+)\\{(.*)} (\\S+)");
    private static final Pattern TAG = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private Figures() {}

    static Map<String, Long> ofLedger(HostStatus status) {
        Map<String, Long> figures = new TreeMap<>();
        status.services()
                .forEach(service -> service.connections()
                        .forEach(connection -> add(
                                figures,
                                service.plugin() + "/" + service.service() + " " + connection.connection() + " ",
                                connection)));
        return figures;
    }

    private static void add(Map<String, Long> figures, String of, ConnectionStatus connection) {
        EventCounts events = connection.events();
        figures.put(of + "received", events.received().events());
        figures.put(of + "received bytes", events.received().bytes());
        figures.put(of + "delivered", events.delivered().events());
        figures.put(of + "dropped", events(events.drops().values()));
        figures.put(of + "discarded", events(events.discards().values()));
        figures.put(of + QUEUED, events.queued().events());
        CommandCounts commands = connection.commands();
        figures.put(of + "sent", commands.sent());
        figures.put(of + "refused", commands.denied() + commands.rejected());
        figures.put(of + "failed", commands.failed());
        figures.put(of + "sessions", connection.epoch());
    }

    private static long events(Iterable<Tally> tallies) {
        return StreamSupport.stream(tallies.spliterator(), false)
                .mapToLong(Tally::events)
                .sum();
    }

    static Map<String, Long> ofJson(String json) {
        Map<String, Long> figures = new TreeMap<>();
        for (JsonNode service : JsonMapper.shared().readTree(json).path("services")) {
            String whose = service.path("plugin").asString() + "/"
                    + service.path("service").asString() + " ";
            for (JsonNode connection : service.path("connections")) {
                String of = whose + connection.path("connection").asString() + " ";
                JsonNode events = connection.path("events");
                figures.put(of + "received", events.at("/received/events").asLong());
                figures.put(of + "received bytes", events.at("/received/bytes").asLong());
                figures.put(of + "delivered", events.at("/delivered/events").asLong());
                figures.put(of + "dropped", events(events.path("drops")));
                figures.put(of + "discarded", events(events.path("discards")));
                figures.put(of + QUEUED, events.at("/queued/events").asLong());
                JsonNode commands = connection.path("commands");
                figures.put(of + "sent", commands.path("sent").asLong());
                figures.put(
                        of + "refused",
                        commands.path("denied").asLong()
                                + commands.path("rejected").asLong());
                figures.put(of + "failed", commands.path("failed").asLong());
                figures.put(of + "sessions", connection.path("epoch").asLong());
            }
        }
        return figures;
    }

    private static long events(JsonNode byReason) {
        return byReason.valueStream()
                .mapToLong(tally -> tally.path("events").asLong())
                .sum();
    }

    static Map<String, Long> ofMetrics(String scrape) {
        Map<String, Long> figures = new TreeMap<>();
        scrape.lines().forEach(line -> {
            Matcher meter = METER.matcher(line);
            if (!meter.matches() || !METERS.containsKey(meter.group(1))) {
                return;
            }
            Map<String, String> tags = TAG.matcher(meter.group(2))
                    .results()
                    .collect(Collectors.toMap(tag -> tag.group(1), tag -> tag.group(2)));
            List<String> says = METERS.get(meter.group(1));
            String figure = says.get(0) + tags.getOrDefault(says.get(1), "");
            if (figure.equals("done") || tags.get("connection").equals("(none)")) {
                return;
            }
            figures.merge(
                    tags.get("plugin") + "/" + tags.get("service") + " " + tags.get("connection") + " "
                            + (figure.equals("denied") || figure.equals("rejected") ? "refused" : figure),
                    (long) Double.parseDouble(meter.group(3)),
                    Long::sum);
        });
        return figures;
    }

    /** The page shows rates of some of them, and no numbers. */
    static Map<String, Long> ofPage(Page page) {
        Map<?, ?> shown = (Map<?, ?>) page.evaluate("""
                () => {
                  const columns = { Epoch: 'sessions', Waiting: 'queued', Dropped: 'dropped', Sent: 'sent', Refused: 'refused', Failed: 'failed' };
                  const table = document.getElementById('connections');
                  const figures = {};
                  for (const row of table.querySelectorAll('tbody tr:not(.error)')) {
                    [...table.tHead.rows[0].cells].forEach((head, at) => {
                      if (columns[head.textContent]) {
                        figures[`${row.cells[0].textContent} ${columns[head.textContent]}`] =
                            row.cells[at].textContent.split(':')[0].replaceAll(',', '');
                      }
                    });
                  }
                  return figures;
                }
                """);
        Map<String, Long> figures = new TreeMap<>();
        shown.forEach((name, value) -> figures.put((String) name, Long.valueOf((String) value)));
        return figures;
    }
}
