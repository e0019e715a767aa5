package io.headgate.host.ws.stops;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.loading.JarBounds;
import io.headgate.host.loading.PluginJar;
import io.headgate.host.service.ServiceStatus;
import io.headgate.jarred.AnsweringPlugin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A plugin from a jar, which is in the rounds in which all end by themselves.
 *
 * @param jar the jar
 * @param grant what it is granted
 */
record JarRound(PluginJar jar, String grant) {

    private static final String ID = "jarred";
    private static final String MANIFEST = """
            version: 1
            id: %s
            release: 1.0.0
            services:
              - name: s
                class: %s
                connections:
                  - {name: c, target: "ws://127.0.0.1:%d%s", access: [subscribe, send]}
            """;
    private static final String GRANT = """
              - plugin: %s
                release: 1.0.0
                digest: %s
                websocket:
                  - {target: "ws://127.0.0.1:%d%s", access: [subscribe, send], addresses: loopback}
            """;

    static JarRound of(int port) throws IOException {
        String path = Manner.FLOODING.path();
        String name = AnsweringPlugin.class.getName();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes);
                InputStream code = AnsweringPlugin.class.getResourceAsStream("AnsweringPlugin.class")) {
            String manifest = MANIFEST.formatted(ID, name, port, path);
            put(jar, PluginJar.MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
            put(
                    jar,
                    name.replace('.', '/') + ".class",
                    Objects.requireNonNull(code).readAllBytes());
        }
        PluginJar jar = PluginJar.of("plugin.jar", bytes.toByteArray(), JarBounds.defaults());
        return new JarRound(jar, GRANT.formatted(ID, jar.digest(), port, path));
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    boolean isIn(RoundKind kind) {
        return kind == RoundKind.ENDING;
    }

    /** Whether it is a service of the jar's that has not answered yet. */
    static boolean isComing(ServiceStatus service) {
        return service.plugin().equals(ID)
                && (service.connections().get(0).state() != ConnectionState.OPEN
                        || service.commands().sent() == 0);
    }
}
