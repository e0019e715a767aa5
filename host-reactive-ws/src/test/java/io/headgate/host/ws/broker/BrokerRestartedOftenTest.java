package io.headgate.host.ws.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** RabbitMQ is stopped in order and started again, over and over, under one host that lives through it all (R1, R4, R5, R11). */
@Tag("long")
@Testcontainers(disabledWithoutDocker = true)
final class BrokerRestartedOftenTest {

    private static final int RESTARTS = Integer.getInteger("long.restarts", 50);

    @Container
    private final RabbitBroker broker = new RabbitBroker();

    private SteadyRun run;

    @AfterEach
    void stop() {
        run.bridge().stop();
    }

    /** One restart takes some 15 s on a machine that has nothing else to do, and -Dlong.restarts asks for as many as one likes. */
    @Test
    @Timeout(24 * 60 * 60)
    @DisplayName("Restarted under load fifty times: after each the host is back by itself, and all adds up")
    void fifty_restarts_lose_nothing() throws Exception {
        BrokerFaults faults = new BrokerFaults(broker);
        run = SteadyRun.start(broker, broker.webStompUri(), "often");
        Reckoned reckoned = Reckoned.NOTHING;
        for (int restart = 1; restart <= RESTARTS; restart++) {
            run.countsAnew();
            run.stream();
            BrokerTotals life = run.counted();
            faults.stopApp();
            run.brokerEnded();
            run.wasCutOff(restart);
            faults.startApp();
            run.isBack(restart + 1);
            run.publish(100);
            new SteadyReckoning(run, 1, reckoned)
                    .restarted("broker, restart " + restart + " of " + RESTARTS, life, restart + 1);
            reckoned = Reckoned.of(run);
        }
        assertThat(run.bridge().connection().epoch()).isEqualTo(RESTARTS + 1);
    }
}
