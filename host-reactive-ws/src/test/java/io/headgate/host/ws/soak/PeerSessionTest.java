package io.headgate.host.ws.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the soak's peer does for as long as it has to, in virtual time: its laws rest on it. */
final class PeerSessionTest {

    private static final Place PLACE = new Place(0, 0);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final PeerSession session = new PeerSession(1, new PeerConnection(PLACE), channel, new Verdict());

    @BeforeEach
    void open() {
        channel.freezeTime();
        channel.pipeline().addLast(session);
        assertThat(writesIn(Duration.ofSeconds(1))).isPositive();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    @DisplayName("Who has fallen silent stays so until the host ends it, whatever befell it before and befalls it then")
    void staysSilent() {
        session.befalls(new SoakFault.StopsWriting(PLACE, 1_000));
        session.befalls(new SoakFault.FallsSilent(PLACE));
        writesIn(Duration.ZERO);

        session.befalls(new SoakFault.StopsWriting(PLACE, 2_000));
        session.befalls(new SoakFault.Bursts(PLACE, 20));
        session.befalls(new SoakFault.Fragments(PLACE, 5));
        session.befalls(new SoakFault.Dribbles(PLACE, 10));
        session.befalls(new SoakFault.Binary(PLACE, 10));

        assertThat(writesIn(Duration.ofMinutes(1))).isZero();
    }

    @Test
    @DisplayName("When the faults are over it speaks again")
    void speaksAgain() {
        session.befalls(new SoakFault.FallsSilent(PLACE));
        writesIn(Duration.ofSeconds(5));

        session.calm();

        assertThat(writesIn(Duration.ofSeconds(1))).isPositive();
    }

    private int writesIn(Duration time) {
        channel.runPendingTasks();
        for (long millis = 0; millis < time.toMillis(); millis += 50) {
            channel.advanceTimeBy(50, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
        int writes = channel.outboundMessages().size();
        channel.releaseOutbound();
        return writes;
    }
}
