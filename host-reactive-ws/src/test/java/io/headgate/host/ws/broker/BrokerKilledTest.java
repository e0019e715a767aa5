package io.headgate.host.ws.broker;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** RabbitMQ is killed with SIGKILL, and started again on the same disk (R1, R4, R5, R11). */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
final class BrokerKilledTest {

    @Container
    private final RabbitBroker broker = new RabbitBroker().withFixedPorts();

    private SteadyRun run;

    @AfterEach
    void stop() {
        run.bridge().stop();
    }

    @Test
    @DisplayName("Killed under load: each message is copied, or its copy was confirmed; what was in hand comes again")
    void what_was_not_confirmed_comes_again() throws Exception {
        BrokerFaults faults = new BrokerFaults(broker);
        run = SteadyRun.start(broker, broker.webStompUri(), "killed");
        run.stream();
        BrokerTotals firstLife = run.counted();
        faults.kill();
        run.brokerEnded();
        run.wasCutOff(1);
        run.ended(1, "CONNECT: TCP was not established");
        faults.start();
        run.isBack(2);
        run.publish(100);
        new SteadyReckoning(run, 1).killed("broker, killed", firstLife, 2);
    }
}
