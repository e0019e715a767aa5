package io.headgate.host.ws.broker;

import static io.headgate.host.ws.broker.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** nginx stands between host and RabbitMQ, and closes what is idle for three seconds (R1, R4, R5, R11). */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
final class BrokerBehindNginxTest {

    /** Removed by Testcontainers with the JVM. */
    private static final Network NETWORK = Network.newNetwork();

    @Container
    private static final RabbitBroker BROKER =
            new RabbitBroker().withNetwork(NETWORK).withNetworkAliases(NginxProxy.UPSTREAM);

    @Container
    private static final NginxProxy NGINX = new NginxProxy(NETWORK);

    private SteadyRun run;

    @AfterEach
    void stop() {
        run.bridge().stop();
    }

    @Test
    @DisplayName(
            "A session that says nothing for nginx's idle timeout ends without a Close frame, and the plugin opens it again")
    void an_idle_session_is_closed_and_opened_again() throws Exception {
        run = SteadyRun.startSilent(BROKER, NGINX.webStompUri(), "idle", BridgeTerms.MANUAL);
        run.publish(100);
        run.ended(1, "closed with 1006 by NOBODY");
        run.isBack(2);
        run.publish(100);
        new SteadyReckoning(run, 0).oneLife("nginx, idle");
    }

    @Test
    @DisplayName("Heart-beats keep a session without messages open for three idle timeouts of nginx")
    void heart_beats_keep_a_session_open() throws Exception {
        run = SteadyRun.start(BROKER, NGINX.webStompUri(), "lively");
        long enough = 3 * NginxProxy.IDLE.toSeconds() + 1;
        eventually(() -> run.bridge().sent().heartBeats(), beats -> beats >= enough);
        assertThat(run.bridge().seen().messages()).isEmpty();
        run.publish(100);
        new SteadyReckoning(run, 0).oneLife("nginx, heart-beats");
        assertThat(run.bridge().connection().epoch()).isEqualTo(1);
        assertThat(run.bridge().ends()).isEmpty();
    }

    @Test
    @DisplayName("While nginx's upstream is down it answers 502 to each dial; then the host's next one succeeds")
    void a_dial_fails_while_the_upstream_is_down() throws Exception {
        BrokerFaults faults = new BrokerFaults(BROKER);
        run = SteadyRun.start(BROKER, NGINX.webStompUri(), "upstream");
        run.stream();
        BrokerTotals firstLife = run.counted();
        faults.stopApp();
        try {
            run.brokerEnded();
            run.wasCutOff(1);
            run.ended(1, "HANDSHAKE: the peer answered 502 instead of 101");
        } finally {
            faults.startApp();
        }
        run.isBack(2);
        run.publish(100);
        new SteadyReckoning(run, 1).restarted("nginx, upstream down", firstLife, 2);
    }
}
