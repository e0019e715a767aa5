package io.headgate.host.ws.broker;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** RabbitMQ is stopped in order, and started again (R1, R4, R5, R11). */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
final class BrokerRestartedTest {

    @Container
    private final RabbitBroker broker = new RabbitBroker();

    private SteadyRun run;

    @AfterEach
    void stop() {
        run.bridge().stop();
    }

    @Test
    @DisplayName("Restarted under load: nothing is lost, and no more than what was in hand comes twice")
    void what_was_acknowledged_does_not_come_again() throws Exception {
        BrokerFaults faults = new BrokerFaults(broker);
        run = SteadyRun.start(broker, broker.webStompUri(), "restarted");
        run.stream();
        BrokerTotals firstLife = run.counted();
        faults.stopApp();
        run.brokerEnded();
        run.wasCutOff(1);
        faults.startApp();
        run.isBack(2);
        run.publish(100);
        new SteadyReckoning(run, 1).restarted("broker, restarted", firstLife, 2);
    }
}
