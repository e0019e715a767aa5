package io.headgate.host.ws.broker;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** RabbitMQ loses its network, and gets it back (R1, R4, R5, R11). */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
final class BrokerDisconnectedTest {

    @Container
    private final RabbitBroker broker = new RabbitBroker().withFixedPorts();

    private SteadyRun run;

    @AfterEach
    void stop() {
        run.bridge().stop();
    }

    @Test
    @DisplayName("Cut off under load: the broker hands out again what was in hand, once it has missed heart-beats")
    void what_was_in_hand_comes_again() throws Exception {
        BrokerFaults faults = new BrokerFaults(broker);
        run = SteadyRun.start(broker, broker.webStompUri(), "disconnected");
        run.stream();
        String network = faults.disconnect();
        run.wasStruckUnderWay();
        run.wasCutOff(1);
        run.ended(1, "CONNECT: TCP was not established");
        faults.connect(network);
        run.isBack(2);
        run.publish(100);
        new SteadyReckoning(run, 1).oneLife("broker, its network disconnected");
    }
}
