package io.headgate.host.ws.broker;

import static io.headgate.host.ws.broker.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.PingStatus;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * RabbitMQ's machine drops the packets of one direction (R1, R4, R5, R11). Neither plugin nor broker beats, so nobody but the
 * host's liveness can find it.
 */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
final class BrokerPacketsDroppedTest {

    private static final String FOUND = "TIMEOUT: the peer did not answer a ping within PT2S";
    private static final Duration PONG_TIMEOUT = Duration.ofSeconds(2);

    @Container
    private final RabbitBroker broker = new RabbitBroker().withNetAdmin();

    private SteadyRun run;

    @AfterEach
    void stop() {
        run.bridge().stop();
    }

    @Test
    @DisplayName("What the broker sends is lost: the first ping without an answer ends the session")
    void packets_lost_on_the_way_to_the_host_are_found() throws Exception {
        isFoundAndMended(BrokerFaults.Lost.TO_HOST, "to-host");
    }

    @Test
    @DisplayName("What the host sends is lost: the first ping without an answer ends the session")
    void packets_lost_on_the_way_to_the_broker_are_found() throws Exception {
        isFoundAndMended(BrokerFaults.Lost.TO_BROKER, "to-broker");
    }

    private void isFoundAndMended(BrokerFaults.Lost lost, String name) throws Exception {
        run = SteadyRun.startSilent(broker, broker.webStompUri(), name, BridgeTerms.WATCHED);
        run.stream();
        Look before = whenAllPingsWereAnswered();
        long epoch = before.epoch();
        new BrokerFaults(broker).whileDropping(lost, () -> {
            run.wasStruckUnderWay();
            run.ended(epoch, FOUND);
            Duration found = Duration.ofNanos(System.nanoTime() - before.atNanos());
            System.out.println("broker, packets lost " + lost + ": found in " + found.toMillis() + " ms");
            assertThat(found).isGreaterThanOrEqualTo(PONG_TIMEOUT);
            theFirstUnansweredPingDecided(epoch);
            run.ended(epoch, "TIMEOUT: the peer did not answer the upgrade within PT1S");
        });
        run.isBack(Math.toIntExact(epoch + 1));
        run.publish(100);
        int ended = Math.toIntExact(run.bridge().connection().epoch() - 1);
        new SteadyReckoning(run, ended).oneLife("broker, packets lost " + lost);
    }

    /** The next ping is a later one than this look. */
    private Look whenAllPingsWereAnswered() {
        Look last = eventually(this::look, Look::allAnswered);
        assertThat(last.allAnswered()).as("%s", last).isTrue();
        return last;
    }

    private Look look() {
        long atNanos = System.nanoTime();
        ConnectionStatus connection = run.bridge().connection();
        return new Look(atNanos, connection.epoch(), connection.pings());
    }

    /** No second one was sent: so the loss was found within an interval and a timeout, by the host's clock. */
    private void theFirstUnansweredPingDecided(long epoch) {
        assertThat(look().unanswered()).isEqualTo(epoch);
        assertThat(run.bridge().seen().ends(epoch)).first().isEqualTo(FOUND);
        assertThat(run.bridge().seen().heartBeats()).isZero();
        assertThat(run.bridge().sent().all()).noneMatch(OutputCommand.Close.class::isInstance);
    }

    /** A broker on a busy machine may have missed the limit before: each session that ended so has left one ping without an answer. */
    private record Look(long atNanos, long epoch, PingStatus pings) {

        long unanswered() {
            return pings.sent() - pings.answered();
        }

        boolean allAnswered() {
            return unanswered() == epoch - 1;
        }
    }
}
