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
    @DisplayName("Killed under load: nothing that the broker had confirmed is lost, and what was in hand comes twice")
    void what_was_confirmed_outlives_a_kill() throws Exception {
        BrokerFaults faults = new BrokerFaults(broker);
        run = SteadyRun.start(broker, broker.webStompUri(), "killed");
        run.stream();
        BrokerTotals firstLife = run.counted();
        faults.kill();
        run.brokerEnded();
        run.wentDown(1, "closed with 1006 by NOBODY");
        run.wentDown(1, "CONNECT: TCP was not established");
        long handedOut = run.bridge().seen().count("MESSAGE");
        faults.start();
        run.isBack(2);
        run.publish(100);
        // The broker writes acknowledgements later than it takes them: also what was acknowledged may come again.
        new SteadyReckoning(run, 1).twoLives("broker, killed", firstLife, 2, handedOut);
    }
}
