package io.headgate.host.ws.broker;

import static io.headgate.host.ws.broker.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** RabbitMQ stands still, as a machine does that is suspended: TCP stays, and nobody answers (R1, R4, R5, R11). */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
final class BrokerPausedTest {

    @Container
    private final RabbitBroker broker = new RabbitBroker();

    private HostedBridge bridge;

    @AfterEach
    void stop() {
        bridge.stop();
    }

    @Test
    @DisplayName(
            "What is answered to a paused broker waits in TCP; it goes on with the same session, and nothing is lost")
    void a_pause_that_nobody_notices_loses_nothing() throws Exception {
        Map<String, String> slow = Map.of("work", "PT0.002S");
        BrokerTotals before = broker.totals();
        bridge = HostedBridge.start(new StompBridge(), broker.webStompUri(), "paused", 4096, BridgeTerms.BACKOFF, slow);
        int published = Messages.publish(broker, bridge.from(), 1000);
        eventually(bridge::status, status -> status.events().received().events() == published + Reckoning.PREAMBLE);
        new BrokerFaults(broker).whilePaused(() -> {
            assertThat(bridge.seen().messages()).hasSizeLessThan(published);
            eventually(bridge::status, status -> status.commands().sent() == published + Reckoning.PREAMBLE);
            assertThat(bridge.seen().messages()).hasSize(published);
            assertThat(bridge.connection().state()).isEqualTo(ConnectionState.OPEN);
        });
        new Reckoning(bridge, broker, before).reconcile("broker, paused", published);
        assertThat(bridge.connection().epoch()).isEqualTo(1);
        assertThat(bridge.ends()).isEmpty();
    }

    @Test
    @DisplayName("A plugin that misses two heart-beats closes the session; it is back once the broker goes on")
    void a_plugin_that_misses_heart_beats_comes_back() throws Exception {
        SteadyRun run = SteadyRun.start(broker, broker.webStompUri(), "frozen");
        bridge = run.bridge();
        run.stream();
        new BrokerFaults(broker).whilePaused(() -> {
            run.wasStruckUnderWay();
            run.ended(1, "closed with 4000 by HOST: no heart-beat");
            run.ended(1, "TIMEOUT: the peer did not answer the upgrade within PT1S");
        });
        run.isBack(2);
        run.publish(100);
        new SteadyReckoning(run, 1).oneLife("broker, paused beyond its heart-beats");
    }
}
