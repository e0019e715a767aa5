package io.headgate.samples.webflux.demo;

import io.headgate.host.ws.test.PeerServer;
import io.headgate.samples.webflux.WebfluxSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Starts a peer on this machine, writes a manifest and a grant file that lead there, and runs the application as it is. */
public final class WebfluxDemo {

    private static final String MANIFEST = """
            version: 1
            id: sample.relay
            release: 1.0.0
            services:
              - name: relay
                class: io.headgate.samples.webflux.Relay
                connections:
                  - { name: chat, target: "${peer}chat", access: [subscribe, send] }
                  - { name: feed, target: "${peer}feed", access: [subscribe, send] }
            """;
    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: sample.relay
                release: 1.0.0
                websocket:
                  - { target: "${peer}chat", access: [subscribe, send], addresses: loopback, send-budget: 5/10s }
                  - { target: "${peer}feed", access: [subscribe], addresses: loopback }
                limits: { message-bytes: 64KiB }
            """;

    private WebfluxDemo() {}

    /**
     * Runs until it is told to stop.
     *
     * @param args more properties, as {@code --server.port=8081}
     * @throws IOException if no file can be written
     */
    public static void main(String[] args) throws IOException {
        // Its thread is a daemon, so it ends with the application.
        PeerServer peer = PeerServer.start(new Chatter());
        Path folder = Files.createTempDirectory("headgate-webflux");
        Path manifest = Files.writeString(folder.resolve("plugin.yaml"), MANIFEST.replace("${peer}", peer.uri()));
        Path grants = Files.writeString(folder.resolve("grants.yaml"), GRANTS.replace("${peer}", peer.uri()));
        WebfluxSample.main(Stream.concat(
                        Stream.of("--headgate.manifest=" + manifest.toUri(), "--headgate.grants=" + grants),
                        Arrays.stream(args))
                .toArray(String[]::new));
        System.out.println("The grants, which may be edited while it runs: " + grants);
    }
}
