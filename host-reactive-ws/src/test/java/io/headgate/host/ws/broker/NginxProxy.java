package io.headgate.host.ws.broker;

import java.net.URI;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** nginx in a container, between a WebSocket client and a broker that is named {@value #UPSTREAM} in its network. */
final class NginxProxy extends GenericContainer<NginxProxy> {

    /** How long both sides may be silent: {@code proxy_read_timeout} of its configuration. */
    static final Duration IDLE = Duration.ofSeconds(3);

    /** What its configuration calls the broker. */
    static final String UPSTREAM = "broker";

    private static final int PORT = 8080;

    NginxProxy(Network network) {
        super(new ImageFromDockerfile("headgate/nginx", false)
                .withFileFromClasspath("Dockerfile", "nginx/Dockerfile")
                .withFileFromClasspath("nginx.conf", "nginx/nginx.conf"));
        withNetwork(network);
        withExposedPorts(PORT);
        waitingFor(Wait.forListeningPort());
    }

    /** Where the broker's Web STOMP is reached through it. */
    URI webStompUri() {
        return URI.create("ws://" + getHost() + ":" + getMappedPort(PORT) + "/ws");
    }
}
