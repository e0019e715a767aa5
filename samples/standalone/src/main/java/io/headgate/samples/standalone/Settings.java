package io.headgate.samples.standalone;

import io.headgate.host.health.HealthRule;
import io.headgate.host.service.HostSettings;
import io.headgate.host.ws.WebSocketOptions;
import io.headgate.samples.standalone.http.HttpOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * What the operator set.
 *
 * @param host the host
 * @param webSocket its driver
 * @param health when it is ready
 * @param http where it tells of itself
 * @param watchGrants how often the grant file is looked at, from 10 ms to 1 day; empty: when SIGHUP comes; default: empty
 * @param grace how long plugins may take to end, at a stop; default: 10 s
 * @param log how the log is written; default: text
 */
record Settings(
        HostSettings host,
        WebSocketOptions webSocket,
        HealthRule health,
        HttpOptions http,
        Optional<Duration> watchGrants,
        Duration grace,
        LogFormat log) {

    private static final Duration SHORTEST_WATCH = Duration.ofMillis(10);

    /** Checks what nothing else does. */
    Settings {
        if (watchGrants.filter(every -> every.compareTo(SHORTEST_WATCH) < 0).isPresent()) {
            throw new IllegalArgumentException(
                    "watch must be from 10 ms to 1 day, is " + watchGrants.get().toMillis() + " ms");
        }
    }

    static Settings defaults() {
        return new Settings(
                HostSettings.defaults(),
                WebSocketOptions.defaults(),
                HealthRule.defaults(),
                HttpOptions.defaults(),
                Optional.empty(),
                Duration.ofSeconds(10),
                LogFormat.TEXT);
    }

    Settings withHost(HostSettings changed) {
        return new Settings(changed, webSocket, health, http, watchGrants, grace, log);
    }

    Settings withWebSocket(WebSocketOptions changed) {
        return new Settings(host, changed, health, http, watchGrants, grace, log);
    }

    Settings withHealth(HealthRule changed) {
        return new Settings(host, webSocket, changed, http, watchGrants, grace, log);
    }

    Settings withHttp(HttpOptions changed) {
        return new Settings(host, webSocket, health, changed, watchGrants, grace, log);
    }

    Settings withWatchGrants(Duration every) {
        return new Settings(host, webSocket, health, http, Optional.of(every), grace, log);
    }

    Settings withGrace(Duration longest) {
        return new Settings(host, webSocket, health, http, watchGrants, longest, log);
    }

    Settings withLog(LogFormat format) {
        return new Settings(host, webSocket, health, http, watchGrants, grace, format);
    }
}
