package io.headgate.host.ws.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/faults.md names each fault below the protocol as the code does, with one example of each kind (R11). */
final class TcpFaultsPageTest {

    private static final String HEADER = "| TCP fault | the proxy |";

    private static final List<TcpFault> EXAMPLES = List.of(
            TcpFault.pass(),
            TcpFault.delay(Way.TO_HOST, Duration.ofSeconds(2)),
            TcpFault.throttle(Way.TO_HOST, 10),
            TcpFault.slice(Way.TO_HOST, 1),
            TcpFault.vanish(Way.TO_HOST),
            TcpFault.vanish(Way.TO_PEER),
            TcpFault.freeze(),
            TcpFault.cut(),
            TcpFault.reset(),
            TcpFault.slice(Way.TO_HOST, 1).and(TcpFault.vanish(Way.TO_PEER)));

    private static Stream<String> rows() {
        return FaultRow.page()
                .lines()
                .dropWhile(line -> !line.equals(HEADER))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"));
    }

    @Test
    void eachRowIsWhatTheCodeSays() {
        assertThat(rows())
                .containsExactlyElementsOf(EXAMPLES.stream()
                        .map(fault -> "| `" + fault + "` | " + fault.what() + " |")
                        .toList());
    }

    @Test
    void everyKindHasARow() {
        assertThat(EXAMPLES.stream().map(Object::getClass))
                .containsOnly(TcpFault.class.getPermittedSubclasses())
                .contains(TcpFault.class.getPermittedSubclasses());
    }
}
