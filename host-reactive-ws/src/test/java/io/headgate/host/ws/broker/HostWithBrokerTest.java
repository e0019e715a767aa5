package io.headgate.host.ws.broker;

import static io.headgate.host.ws.broker.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.ingress.Tally;
import io.headgate.host.service.ServiceStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * The whole host against a server nobody here wrote: RabbitMQ with Web STOMP (R1, R3, R5, R11). What the host counts is
 * reconciled with what the plugin saw and with what the broker counts.
 */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
final class HostWithBrokerTest {

    @Container
    private static final RabbitBroker BROKER = new RabbitBroker();

    private final BrokerTotals before = BROKER.totals();
    private HostedBridge bridge;

    @AfterEach
    void stop() {
        bridge.stop();
        QueueDepth abandoned = new QueueDepth(0, 0, 0);
        assertThat(eventually(() -> BROKER.depth(bridge.from()), abandoned::equals))
                .isEqualTo(abandoned);
    }

    @Test
    @DisplayName("Ten thousand messages that another client publishes are received and answered, each once, in order")
    void ten_thousand_messages_are_received_and_answered() throws Exception {
        start("thousands", 16_384, Duration.ZERO);
        int published = publish(10_000);
        ServiceStatus status = new Reckoning(bridge, BROKER, before).reconcile("broker", published);

        assertThat(bridge.seen().messages()).hasSize(10_000);
        assertThat(status.events().dropped()).isEqualTo(Tally.ZERO);
        assertThat(bridge.history()).noneMatch(Diagnostic.QueueOverflow.class::isInstance);
    }

    @Test
    @DisplayName("A burst overflows a slow plugin's queue of 100: the broker's count is received, the Gaps are dropped")
    void a_burst_overflows_the_queue_of_a_slow_plugin() throws Exception {
        start("burst", 100, Duration.ofMillis(5));
        int published = publish(2000);
        ServiceStatus status = new Reckoning(bridge, BROKER, before).reconcile("broker", published);

        assertThat(status.events().dropped().events()).isPositive();
        assertThat(bridge.history()).anyMatch(Diagnostic.QueueOverflow.class::isInstance);
    }

    private void start(String name, int queueEvents, Duration work) {
        bridge = HostedBridge.start(
                new StompBridge(),
                BROKER.webStompUri(),
                name,
                queueEvents,
                BridgeTerms.BACKOFF,
                Map.of("work", work.toString()));
    }

    private int publish(int count) throws IOException {
        return Messages.publish(BROKER, bridge.from(), count);
    }
}
