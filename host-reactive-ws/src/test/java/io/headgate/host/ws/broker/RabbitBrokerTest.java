package io.headgate.host.ws.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The broker, its counts and its clients, without the host: what a test of the host builds on (R11). */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
final class RabbitBrokerTest {

    @Container
    private static final RabbitBroker BROKER = new RabbitBroker();

    private StompWebSocket socket;
    private BrokerTotals before;

    @BeforeEach
    void connect() throws InterruptedException {
        socket = StompWebSocket.connect(BROKER.webStompUri());
        socket.send(StompFrame.of("CONNECT")
                .with("accept-version", "1.2")
                .with("host", "/")
                .with("login", RabbitBroker.GUEST)
                .with("passcode", RabbitBroker.GUEST));
        assertThat(socket.subprotocol()).isEqualTo("v12.stomp");
        assertThat(socket.next().command()).isEqualTo("CONNECTED");
        before = BROKER.totals();
    }

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void countsEachOfAThousandMessagesThatAnotherClientPublishes() throws Exception {
        subscribe("/queue/thousand", "100");
        assertThat(publish("/queue/thousand", 1000)).isEqualTo(1000);

        List<String> bodies = new ArrayList<>();
        StompFrame message = socket.next();
        for (bodies.add(message.body()); bodies.size() < 1000; bodies.add(message.body())) {
            socket.send(StompFrame.of("ACK").with("id", message.header("ack")));
            message = socket.next();
        }
        request(StompFrame.of("ACK").with("id", message.header("ack")));

        assertThat(bodies)
                .isEqualTo(IntStream.range(0, 1000).mapToObj(this::body).toList());
        assertThat(BROKER.totals().since(before)).isEqualTo(new BrokerTotals(1000, 1000, 0, 1000, 1000, 0, 1000));
        assertThat(BROKER.depth("thousand")).isEqualTo(new QueueDepth(0, 0, 1));
    }

    @Test
    void countsWhatWaitsAndWhatIsNotAcknowledged() throws Exception {
        subscribe("/queue/waiting", "4");
        assertThat(publish("/queue/waiting", 10)).isEqualTo(10);
        for (int i = 0; i < 4; i++) {
            assertThat(socket.next().body()).isEqualTo(body(i));
        }

        assertThat(BROKER.depth("waiting")).isEqualTo(new QueueDepth(6, 4, 1));
        assertThat(BROKER.totals().since(before)).isEqualTo(new BrokerTotals(10, 10, 0, 10, 4, 0, 0));
    }

    @Test
    void anotherClientTakesWhatIsSentOverTheWebSocket() throws Exception {
        for (int i = 0; i < 50; i++) {
            request(StompFrame.of("SEND").with("destination", "/queue/sent").withBody(body(i)));
        }
        assertThat(BROKER.depth("sent")).isEqualTo(new QueueDepth(50, 0, 0));

        try (StompPublisher other = StompPublisher.connect(BROKER)) {
            assertThat(other.consume("/queue/sent", 50))
                    .isEqualTo(IntStream.range(0, 50).mapToObj(this::body).toList());
        }
        assertThat(BROKER.depth("sent")).isEqualTo(new QueueDepth(0, 0, 0));
        assertThat(BROKER.totals().since(before)).isEqualTo(new BrokerTotals(50, 50, 0, 50, 50, 0, 50));
    }

    private int publish(String destination, int count) throws IOException {
        try (StompPublisher other = StompPublisher.connect(BROKER)) {
            return other.publish(destination, count, this::body);
        }
    }

    private void subscribe(String destination, String prefetch) throws InterruptedException {
        request(StompFrame.of("SUBSCRIBE")
                .with("id", "0")
                .with("destination", destination)
                .with("ack", "client-individual")
                .with("prefetch-count", prefetch));
    }

    private void request(StompFrame frame) throws InterruptedException {
        socket.send(frame.with("receipt", "done"));
        assertThat(socket.next()).isEqualTo(StompFrame.of("RECEIPT").with("receipt-id", "done"));
    }

    /** More bytes than characters. */
    private String body(int i) {
        return "čислo " + i;
    }
}
