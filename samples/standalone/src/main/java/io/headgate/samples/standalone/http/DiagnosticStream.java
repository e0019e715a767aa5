package io.headgate.samples.standalone.http;

import io.headgate.host.diagnostics.Recorded;
import io.headgate.host.service.PluginHost;
import io.headgate.host.status.DiagnosticJson;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;

/**
 * The diagnostics as server-sent events. An event's id is the host's start and the diagnostic's number: who comes back with the last one
 * he saw goes on there; with one of an earlier process, at the beginning of what is kept.
 */
final class DiagnosticStream {

    /** Comments, so that a peer that is gone is noticed, and that nothing between takes the quiet for an end. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Pattern ID = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    private final PluginHost host;
    private final long startedAtMillis;

    DiagnosticStream(PluginHost host, long startedAtMillis) {
        this.host = host;
        this.startedAtMillis = startedAtMillis;
    }

    Flux<String> after(String lastEventId) {
        Flux<String> heartbeat = Flux.interval(HEARTBEAT).onBackpressureDrop().map(beat -> ": \n\n");
        return host.diagnosticsAfter(number(lastEventId))
                .map(this::event)
                .publish(events -> Flux.merge(events, heartbeat.takeUntilOther(events.ignoreElements())), 1)
                .startWith("retry: 2000\n\n");
    }

    private long number(String lastEventId) {
        Matcher id = ID.matcher(lastEventId);
        return id.matches() && Long.parseLong(id.group(1)) == startedAtMillis ? Long.parseLong(id.group(2)) : 0;
    }

    private String event(Recorded recorded) {
        return "id: " + startedAtMillis + "-" + recorded.number() + "\nevent: diagnostic\ndata: "
                + DiagnosticJson.write(recorded) + "\n\n";
    }
}
