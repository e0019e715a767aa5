package io.headgate.host.ws.broker;

import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * RabbitMQ with Web STOMP in a container, for {@code guest}/{@code guest}. It is ready once it has started, with all
 * its plugins.
 *
 * <p>Its counts are exact, but a client's ACK is not answered: to see it counted, ask for a receipt of the last one.
 */
public final class RabbitBroker extends GenericContainer<RabbitBroker> {

    /** The user and the password. */
    public static final String GUEST = "guest";

    private static final int STOMP = 61613;
    private static final int WEB_STOMP = 15674;
    private static final int METRICS = 15692;
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A broker that is not started yet. Its image is kept, so that only the first one on a machine is slow. */
    public RabbitBroker() {
        super(new ImageFromDockerfile("headgate/rabbitmq-web-stomp", false)
                .withFileFromClasspath("Dockerfile", "rabbitmq/Dockerfile")
                .withFileFromClasspath("enabled_plugins", "rabbitmq/enabled_plugins")
                .withFileFromClasspath("rabbitmq.conf", "rabbitmq/rabbitmq.conf"));
        withExposedPorts(STOMP, WEB_STOMP, METRICS);
        waitingFor(Wait.forLogMessage(".*completed with \\d+ plugins.*", 1).withStartupTimeout(START));
    }

    /** Keeps its ports when it is killed and started again, or loses its network and gets it back. */
    RabbitBroker withFixedPorts() {
        setPortBindings(FixedPorts.bind(STOMP, WEB_STOMP, METRICS));
        return this;
    }

    /** May have its packets dropped. */
    RabbitBroker withNetAdmin() {
        withCreateContainerCmdModifier(create -> create.getHostConfig().withCapAdd(Capability.NET_ADMIN));
        return this;
    }

    /** Where STOMP is spoken over a WebSocket, with the subprotocol {@code v12.stomp}. */
    public URI webStompUri() {
        return URI.create("ws://" + getHost() + ":" + getMappedPort(WEB_STOMP) + "/ws");
    }

    /** The port of {@link #getHost()} where STOMP is spoken over TCP. */
    public int stompPort() {
        return getMappedPort(STOMP);
    }

    /** What the broker has counted since it started. */
    public BrokerTotals totals() {
        URI uri = URI.create("http://" + getHost() + ":" + getMappedPort(METRICS) + "/metrics");
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER).build();
        HttpResponse<String> response = await(() -> HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
        if (response.statusCode() != 200) {
            throw new IllegalStateException(uri + " answered " + response.statusCode());
        }
        return BrokerTotals.parse(response.body());
    }

    /**
     * What a queue holds now.
     *
     * @throws IllegalArgumentException if there is no such queue
     */
    public QueueDepth depth(String queue) {
        String queues = rabbitmqctl(
                "list_queues", "--no-table-headers", "name", "messages_ready", "messages_unacknowledged", "consumers");
        return queues.lines()
                .map(line -> line.split("\t", -1))
                .filter(columns -> columns[0].equals(queue))
                .map(columns -> new QueueDepth(
                        Long.parseLong(columns[1]), Long.parseLong(columns[2]), Long.parseLong(columns[3])))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no queue " + queue + " in " + queues));
    }

    /** Runs the broker's own tool in its container, and gives what it printed. */
    String rabbitmqctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("rabbitmqctl", "--quiet"));
        command.addAll(List.of(arguments));
        return run(ExecConfig.builder().command(command.toArray(String[]::new)).build());
    }

    /** Runs a command in its container as root, and gives what it printed. */
    String asRoot(String... command) {
        return run(ExecConfig.builder().user("root").command(command).build());
    }

    /** The port of Web STOMP within its container. */
    String webStompPort() {
        return Integer.toString(WEB_STOMP);
    }

    private String run(ExecConfig command) {
        ExecResult result = await(() -> execInContainer(command));
        if (result.getExitCode() != 0) {
            throw new IllegalStateException(Arrays.toString(command.getCommand()) + " failed: " + result.getStderr());
        }
        return result.getStdout();
    }

    private static <T> T await(Blocking<T> call) {
        try {
            return call.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the broker", e);
        }
    }

    private interface Blocking<T> {
        T get() throws IOException, InterruptedException;
    }
}
