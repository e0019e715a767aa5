package io.headgate.host.service;

import io.headgate.host.command.SessionDirectory;
import io.headgate.host.transport.Session;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The connections of one service, by name, in the manifest's order. */
final class Connections implements SessionDirectory {

    private final Map<String, HostedConnection> byName = new LinkedHashMap<>();
    private final Sinks.Empty<Void> wanted = Sinks.empty();

    Connections(Collection<HostedConnection> connections) {
        connections.forEach(connection -> byName.put(connection.connection(), connection));
    }

    /** Lives every connection's life, from when the events are wanted until the service stops. */
    Mono<Void> eachSession(BiFunction<HostedConnection, Session, Mono<Void>> way) {
        return wanted.asMono()
                .thenMany(Flux.fromIterable(byName.values()))
                .flatMap(connection -> connection.life(way), Math.max(1, byName.size()), 1)
                .then();
    }

    /** The plugin has subscribed to its events: from now on there is somebody to dial for. */
    void eventsWanted() {
        // A second subscription to the events fails by itself; here it finds the signal given.
        wanted.tryEmitEmpty();
    }

    /** For an incarnation that was not there: which connections wait to be asked for. */
    void tellAgain() {
        byName.values().forEach(HostedConnection::tellAgain);
    }

    /** Holds each against the authority, which has changed. Completes when nothing leaves that it does not allow. */
    Mono<Void> reconsider() {
        return Flux.fromIterable(byName.values())
                .flatMap(HostedConnection::reconsider, Math.max(1, byName.size()), 1)
                .then();
    }

    /** What is open stays open; what is down stays down. */
    void dialNoMore() {
        byName.values().forEach(HostedConnection::dialNoMore);
    }

    /** Closes all of them. Completes when nothing is left. */
    Mono<Void> stop() {
        Mono<Void> stopped = Flux.fromIterable(byName.values())
                .flatMap(HostedConnection::stop, Math.max(1, byName.size()), 1)
                .then();
        // Lives that never began do so now, find themselves stopped, and end; so this comes second.
        return Mono.when(stopped, Mono.fromRunnable(this::eventsWanted));
    }

    Collection<HostedConnection> all() {
        return byName.values();
    }

    @Override
    public @Nullable HostedConnection find(String connection) {
        return byName.get(connection);
    }
}
