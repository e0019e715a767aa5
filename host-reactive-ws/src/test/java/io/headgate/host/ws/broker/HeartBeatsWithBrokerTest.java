package io.headgate.host.ws.broker;

import static io.headgate.host.ws.broker.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.service.ServiceStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** STOMP's heart-beats, once a second, between a plugin and RabbitMQ (R1, R4, R11). A second is the broker's shortest period. */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
final class HeartBeatsWithBrokerTest {

    private static final int PERIODS = 4;

    @Container
    private static final RabbitBroker BROKER = new RabbitBroker();

    private HostedBridge bridge;

    @AfterEach
    void stop() {
        bridge.stop();
    }

    @Test
    @DisplayName("Heart-beats both ways keep a session open for four silent periods, and are all that is counted")
    void heart_beats_keep_a_silent_session_open() throws Exception {
        SteadyRun run = SteadyRun.start(BROKER, BROKER.webStompUri(), "beating");
        bridge = run.bridge();
        eventually(() -> Math.min(bridge.seen().heartBeats(), bridge.sent().heartBeats()), least -> least >= PERIODS);
        // The host counts a command once it is on the wire, which is after the plugin issued it.
        ServiceStatus status = eventually(bridge::status, now -> now.commands().sent() >= Reckoning.PREAMBLE + PERIODS);

        assertThat(bridge.seen().messages()).isEmpty();
        assertThat(status.events().received().events()).isGreaterThanOrEqualTo(Reckoning.PREAMBLE + PERIODS);
        assertThat(status.commands().sent()).isGreaterThanOrEqualTo(Reckoning.PREAMBLE + PERIODS);
        assertThat(status.connections().get(0).epoch()).isEqualTo(1);

        run.publish(100);
        new SteadyReckoning(run, 0).oneLife("broker, heart-beats");
        status = bridge.stop();
        assertThat(status.events().delivered().events())
                .isEqualTo(Reckoning.PREAMBLE + bridge.seen().heartBeats() + 100 + 100);
        assertThat(status.commands().issued() - status.commands().done())
                .isEqualTo(Reckoning.PREAMBLE + bridge.sent().heartBeats() + 100 + 100);
        assertThat(bridge.ends()).isEmpty();
    }

    @Test
    @DisplayName(
            "A plugin that promised heart-beats and sends none is closed by the broker, and is DOWN for all to see")
    void a_plugin_that_withholds_its_heart_beats_is_disconnected() throws Exception {
        BrokerTotals before = BROKER.totals();
        bridge = HostedBridge.start(
                new StompBridge(),
                BROKER.webStompUri(),
                "withheld",
                1024,
                BridgeTerms.MANUAL,
                Map.of("heart-beat", "1000,0"));
        Messages.publish(BROKER, bridge.from(), 100);
        assertThat(eventually(() -> bridge.connection().state(), ConnectionState.DOWN::equals))
                .isEqualTo(ConnectionState.DOWN);
        Messages.publish(BROKER, bridge.from(), 50);
        ServiceStatus status = bridge.stop();

        String why = "closed with 1000 by PEER: STOMP died";
        assertThat(bridge.ends()).isEqualTo(List.of(why + "; the plugin was asked to reconnect"));
        assertThat(bridge.seen().ends(1)).containsExactly(why);
        assertThat(bridge.seen().reconnectsNeeded(1)).containsExactly(why);
        BrokerTotals counted = BROKER.totals().since(before);
        System.out.println("broker, heart-beats withheld: published=150 delivered=" + counted.delivered()
                + ", host: received=" + (status.events().received().events() - Reckoning.PREAMBLE)
                + ", plugin: messages=" + bridge.seen().messages().size()
                + ", in /queue/" + bridge.to() + "=" + BROKER.depth(bridge.to()).ready()
                + " in /queue/" + bridge.from() + "="
                + BROKER.depth(bridge.from()).ready());
        assertThat(counted).isEqualTo(new BrokerTotals(250, 250, 0, 150, 100, 0, 0));
        assertThat(bridge.seen().messages()).isEqualTo(Messages.bodies(0, 100));
        assertThat(BROKER.depth(bridge.to())).isEqualTo(new QueueDepth(100, 0, 0));
        assertThat(BROKER.depth(bridge.from())).isEqualTo(new QueueDepth(50, 0, 0));
    }
}
