package io.headgate.host.ws.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bound on what waits for a step: where it bites, nobody is told that all went well. */
final class ProgressTest {

    private static final WireFrame PING = WireFrame.ping(Octets.utf8("p")).withMask(true);

    @Test
    void whatWasForgottenIsNamedAlthoughEveryStepWasMade() {
        Progress progress = new Progress(Script.empty().expectEnd());
        progress.begin();
        IntStream.range(0, Progress.MAX_ARRIVALS).forEach(n -> progress.arrived(new Arrival.Frame(PING)));
        IntStream.range(0, Progress.MAX_ARRIVALS).forEach(n -> progress.poll());
        progress.made();
        assertThat(progress.complaint("connection 1")).isEmpty();

        IntStream.range(0, Progress.MAX_ARRIVALS + 3).forEach(n -> progress.arrived(new Arrival.Frame(PING)));
        progress.arrived(new Arrival.End(false));
        IntStream.rangeClosed(0, Progress.MAX_ARRIVALS).forEach(n -> progress.poll());

        assertThat(progress.poll()).isNull();
        assertThat(progress.complaint("connection 1"))
                .startsWith("connection 1: came while 4096 waited for a step, and was forgotten: 3");
    }
}
