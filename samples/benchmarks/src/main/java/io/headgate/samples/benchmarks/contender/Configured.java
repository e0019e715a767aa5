package io.headgate.samples.benchmarks.contender;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The manifests and the grants of a shape: each of its services is a plugin of its own. */
record Configured(URI target, Shape shape, String overflow) {

    /** The name of a service's connection, by its number within the service. */
    static String connection(int number) {
        return "c" + number;
    }

    int connectionsEach() {
        return shape.connections() / shape.services();
    }

    Manifest manifest(int service) {
        String connections = IntStream.range(0, connectionsEach())
                .mapToObj(number -> "      - {name: %s, target: \"%s\", access: [subscribe, send]}\n"
                        .formatted(connection(number), target))
                .collect(Collectors.joining());
        return Manifest.parse("plugin.yaml", """
                version: 1
                id: bench.s%d
                release: 1.0.0
                services:
                  - name: load
                    class: io.headgate.samples.benchmarks.Load
                    connections:
                """.formatted(service) + connections);
    }

    GrantFile grants() {
        String grants =
                IntStream.range(0, shape.services()).mapToObj(this::grant).collect(Collectors.joining());
        return GrantFile.parse("grants.yaml", "version: 1\ngrants:\n" + grants);
    }

    private String grant(int service) {
        String others = IntStream.range(1, shape.grants())
                .mapToObj(number -> "      - {target: \"wss://host%d.example.com/**\", access: [subscribe, send]}\n"
                        .formatted(number))
                .collect(Collectors.joining());
        return """
                  - plugin: bench.s%d
                    limits: {overflow: %s, message-bytes: 64KiB}
                    reconnect: {policy: manual}
                    websocket:
                %s      - {target: "%s", access: [subscribe, send], addresses: loopback}
                """.formatted(service, overflow, others, target);
    }
}
