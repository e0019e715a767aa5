package io.headgate.samples.standalone.process;

import io.headgate.host.loading.PluginJar;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** What an operator has: a folder of plugins with {@link PumpService} as a jar, grants and settings. */
final class PumpFiles {

    private static final String MANIFEST = """
            version: 1
            id: pump
            release: 1.0.0
            services:
              - name: service
                class: io.headgate.samples.standalone.process.PumpService
                connections:
                  - {name: gateway, target: "${uri}", access: [subscribe, send]}
                  - {name: archive, target: "wss://archive.example.com/v1", access: [subscribe]}
            """;
    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: pump
                digest: ${digest}
                websocket:
                  - {target: "${uri}", access: [subscribe, send], addresses: loopback}
                reconnect: {policy: backoff, first: 100ms, max: 200ms}
            """;
    private static final String SETTINGS = """
            version: 1
            http: {port: 0}
            stop: {grace: 20s}
            """;

    private PumpFiles() {}

    static void write(Path folder, String uri) throws IOException {
        Path jar = Files.createDirectory(folder.resolve("plugins")).resolve("pump.jar");
        writeJar(jar, MANIFEST.replace("${uri}", uri));
        String digest = PluginJar.read(jar).digest().toString();
        Files.writeString(
                folder.resolve("grants.yaml"),
                GRANTS.replace("${digest}", digest).replace("${uri}", uri));
        Files.writeString(folder.resolve("settings.yaml"), SETTINGS);
    }

    private static void writeJar(Path file, String manifest) throws IOException {
        String name = PumpService.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out);
                InputStream code = Objects.requireNonNull(
                        PumpService.class.getClassLoader().getResourceAsStream(name))) {
            jar.putNextEntry(new ZipEntry("META-INF/headgate/plugin.yaml"));
            jar.write(manifest.getBytes(StandardCharsets.UTF_8));
            jar.putNextEntry(new ZipEntry(name));
            jar.write(code.readAllBytes());
        }
    }
}
